// Splits text into terms, exactly as src/site/search/fold.rs does for the index, and parses queries.
(() => {
  const LONGEST = 64;
  // Stop words, by the language of the portal.
  const STOPS = {
    en: "a an and are as at be but by can do does for from get had has have how i if in into is it its me my of on or our shall should so that the their them then there these they this to us was we were what when where which who whom why will with would you your",
    de: "aber als am an auch auf aus bei bin das dass dem den der des die dies diese dieser ein eine einem einen einer es fur hat ich im in ist ja kann man mein mit nach oder sich sie sind so uber um und uns von vor wann was wenn wer werden wie wir wird wo zu zum zur",
  };
  // Common synonyms, in addition to those in the glossary.
  const ALSO = {
    en: ["phone telephone", "outage downtime", "joiner starter", "vendor supplier", "client customer", "kpi indicator", "dr disaster_recovery", "bcp continuity_plan", "rca root_cause", "ci configuration_item", "capa corrective_action", "stakeholder interested_party", "segregation_of_duties separation_of_duties", "power_cut power_failure", "ola operational_level_agreement", "pir post_implementation_review"],
    de: ["telefon rufnummer", "ausfall stillstand", "dienstleister lieferant", "kennzahl indikator", "stakeholder interessierte_partei"],
  };
  const ENDINGS = { en: /(?:ings?|ed|es|s|e)$/, de: /(?:ern|en|er|es|em|e|n|s)$/ };
  const lang = document.documentElement.lang.split("-")[0];
  // Languages that write compounds as one word; the index has the ends of their long words, each after a `~`.
  const hasCompounds = ["da", "de", "nb", "nl", "no", "sv"].includes(lang);
  const stops = new Set((STOPS[lang] ?? "").split(" "));

  // Letters that count as the same; must match fold.rs.
  const FOLDS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ", "\u2010": "-" };
  const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670\u00ad\u200b\u2060\ufeff]/g;
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const W = "[\\p{L}\\p{N}\\p{M}]", SHORT = `${W}{1,3}`;
  // C++ and C#; I/O and R&D; 8.6.1, POL-CHG-001 and e-mail.
  const JOINED = new RegExp(`${W}+(?:\\+\\+|#)(?![\\p{L}\\p{N}\\p{M}+#])|${SHORT}[/&]${SHORT}(?!${W}|[-_./&]${W})|${W}+(?:[-_.]${W}+)*`, "gu");
  const NUMBER = /^[-_.\d]+$/;
  const fold = (text) => text.normalize("NFKD").replace(ACCENTS, "").toLowerCase().replace(/[ßæœøłđðþıς\u2010]/g, (c) => FOLDS[c]).normalize("NFC");
  function cut(term) {
    if (term.length * 3 <= LONGEST) return term;
    let bytes = 0, end = 0;
    for (const letter of term) {
      bytes += new TextEncoder().encode(letter).length;
      if (bytes > LONGEST) break;
      end += letter.length;
    }
    return term.slice(0, end);
  }

  // The terms of a run without joiners: the run itself, or pairs of adjacent characters in scripts without spaces.
  function termsOfRun(run) {
    const parts = [];
    for (const letter of run) {
      const unspaced = UNSPACED.test(letter);
      if (parts.at(-1)?.unspaced === unspaced) parts.at(-1).letters.push(letter);
      else parts.push({ unspaced, letters: [letter] });
    }
    return parts.flatMap(({ unspaced, letters }) => {
      if (unspaced) return letters.map((letter, at) => letter + (letters[at + 1] ?? ""));
      return letters.length > 1 ? [cut(letters.join(""))] : [];
    });
  }
  function termsOfJoined(joined) {
    const isSigned = /[/&+#]/.test(joined), isJoined = /[-_.]/.test(joined);
    const whole = isSigned || isJoined && /\d/.test(joined) ? [cut(joined)] : [];
    const runs = isJoined && NUMBER.test(joined) ? [] : joined.split(/[-_./&+#]/).flatMap(termsOfRun);
    return { isSigned, isJoined, whole, runs };
  }
  // Alternative spellings: e-mail as email, v2.3.1 as 2.3.1, nc-2026-01 as 2026-01.
  function spellings(joined) {
    if (/^v\d[\d.]*\.\d+$/.test(joined)) return [joined.slice(1)];
    const number = /^(?:\p{L}+-)+(\d+(?:-\d+)+)$/u.exec(joined)?.[1];
    if (number) return [cut(number)];
    const parts = joined.split("-");
    const isCompound = parts.length > 1 && parts.length < 4 && parts.every((part) => /^\p{L}+$/u.test(part) && !UNSPACED.test(part));
    return isCompound ? [cut(parts.join(""))] : [];
  }
  // Numbers with grouped digits, also found without separators: 1,900 as 1900.
  const GROUPED = /(?<![\p{L}\p{N}\p{M}\-_.,])\d{1,3}(?:[.,]\d{3})+(?![\p{L}\p{N}\p{M}\-_]|[.,][\p{L}\p{N}\p{M}])/gu;
  const ungrouped = (number) => number.replace(/[.,]/g, "");
  const terms = (folded) => {
    const all = folded.match(JOINED) ?? [], grouped = folded.match(GROUPED) ?? [];
    const spelt = [...all.flatMap(spellings), ...grouped.map(ungrouped).map(cut)];
    return [...all.map(termsOfJoined).flatMap(({ whole, runs }) => [...whole, ...runs]), ...spelt];
  };

  // Words with the same stem count as forms of one word: change, changes, changed.
  function stem(term) {
    if (term.length < 4 || !ENDINGS[lang] || /[^\p{L}]/u.test(term)) return term;
    if (lang === "en") term = term.replace(/is(e|ed|es|ing|ations?)$/, "iz$1");
    let base = /ss$/.test(term) ? term : term.replace(ENDINGS[lang], "");
    if (lang === "en") base = base.replace(/ion$/, base.length > 7 ? "" : "ion").replace(/y$/, "i").replace(/([b-df-hj-np-tv-z])\1$/, "$1");
    return base.length > 2 ? base : term;
  }

  const alike = (ALSO[lang] ?? []).map((line) => line.split(" ").map((text) => text.replaceAll("_", " ")));
  // Documents write dates as 2026-12-24, but readers search for December: match that month this year and next.
  function daysOf(word, today) {
    const month = Object.entries(window.clausebookWords.month.long).find(([, name]) => fold(name) === word)?.[0];
    const year = Number(today.slice(0, 4));
    return month ? [year, year + 1].map((year) => `${year}-${month.padStart(2, "0")}`) : [];
  }

  // Where ä, ö and ü cannot be typed, readers write ae, oe and ue.
  const withoutUmlauts = (word) => lang === "de" ? word.replace(/([aou])e/g, "$1") : word;
  // The query's words with ae, oe and ue for ä, ö and ü, as some documents have them.
  const spelledOut = (query) => lang === "de" ? fold(query.normalize("NFC").replace(/[äöü]/gi, "$&e")).match(JOINED) ?? [] : [];

  // Parses a query into words, each with `terms`, of which any may match, and `parts` to search for if none does.
  function parse(query) {
    const plain = fold(query).replace(GROUPED, (number) => number.includes(",") ? ungrouped(number) : number);
    const spelled = spelledOut(query);
    const asked = (plain.match(JOINED) ?? []).map((text, at) => {
      const { isSigned, isJoined, whole, runs } = termsOfJoined(text);
      const long = runs.filter((term) => [...term].length > 1);
      const parts = long.length ? long : runs;
      if (isSigned || isJoined) return { text, terms: [...new Set([...whole, text, ...spellings(text)])], parts };
      const more = parts.length === 1 ? [withoutUmlauts(text), spelled[at] ?? text].filter((other) => other !== text) : [];
      return { text, terms: [...parts.slice(0, 1), ...more, ...daysOf(text, window.clausebook.today)], and: parts.slice(1) };
    }).flatMap(({ and = [], ...word }) => [word, ...and.map((text) => ({ text, terms: [text] }))]);
    const useful = asked.filter(({ terms }) => terms.length);
    const telling = useful.filter(({ text }) => !stops.has(text) && !stops.has(withoutUmlauts(text)));
    const lone = fold(query.trim());
    if (!useful.length && /^\d$/.test(lone)) return [{ text: lone, terms: [lone] }];
    return telling.length ? telling : useful;
  }

  Object.assign(window.clausebook, { fold, terms, spellings, stem, cut, parse, alike, hasCompounds, NUMBER, UNSPACED, JOINED });
})();
