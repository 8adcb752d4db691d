//! Generates code blocks in languages common in handbooks; no two are the same.

use super::prose::fill;
use super::random::Random;

/// The parts of a block in one language; the middle repeats the lines as often as needed.
#[derive(Clone, Copy)]
struct Language {
    name: &'static str,
    head: &'static str,
    lines: &'static [&'static str],
    tail: &'static str,
}

const LANGUAGES: &[Language] = &[
    Language {
        name: "yaml",
        head: "# Limits of the ~noun~ check, set by the ~role~\nservice: ~noun~-~n~\nowner: ~role~\nrules:\n",
        lines: &[
            "  - name: ~noun~-~noun~\n    limit: ~n~\n    unit: hours\n",
            "  - { name: \"~noun~ ~n~\", every: ~n~m, notify: [~noun~, ~noun~] }\n",
            "  # ~sentence~\n",
            "  - name: ~noun~\n    when: \"~condition~\"\n    enabled: true\n",
        ],
        tail: "retention: P~n~D\n",
    },
    Language {
        name: "json",
        head: "{\n  \"service\": \"~noun~-~n~\",\n  \"limit\": ~n~.5,\n  \"rules\": [\n",
        lines: &[
            "    {\"name\": \"~noun~-~noun~\", \"minutes\": ~n~, \"escalate\": true},\n",
            "    {\"name\": \"~noun~\", \"note\": \"~sentence~\", \"parent\": null},\n",
            "    {\"hosts\": [\"~noun~~n~.example\", \"~noun~~n~.example\"], \"port\": 8~n~},\n",
        ],
        tail: "    {\"name\": \"~noun~\", \"minutes\": ~n~}\n  ]\n}\n",
    },
    Language {
        name: "bash",
        head: "#!/usr/bin/env bash\nset -euo pipefail\nreadonly ~noun~_limit=~n~\nfor host in ~noun~~n~ ~noun~~n~; do\n",
        lines: &[
            "  if [[ \"$(~noun~ctl status \"$host\" --format=short)\" != \"ready\" ]]; then\n    echo \"~noun~ ~n~: not ready\" >&2\n  fi\n",
            "  # ~sentence~\n",
            "  find \"/var/lib/~noun~\" -name '*.~noun~' -mtime +~n~ -print0 | xargs -0 -r gzip -~n~\n",
            "  count=$(grep -c '~noun~ failed' \"/var/log/~noun~-$host.log\" || true)\n",
        ],
        tail: "done\nexit $((count > ~noun~_limit))\n",
    },
    Language {
        name: "sql",
        head: "-- ~sentence~\nSELECT e.id, e.opened, o.role\nFROM ~noun~_entries AS e\nJOIN owners AS o ON o.id = e.owner_id\nWHERE e.closed IS NULL\n",
        lines: &[
            "  AND e.~noun~_count > ~n~\n",
            "  AND e.opened < CURRENT_DATE - INTERVAL '~n~ days'\n",
            "  AND (e.kind = '~noun~' OR e.kind LIKE '~noun~%')\n",
            "  AND NOT EXISTS (SELECT 1 FROM ~noun~_waivers AS w WHERE w.entry_id = e.id AND w.until > ~n~)\n",
        ],
        tail: "ORDER BY e.opened DESC\nLIMIT ~n~;\n",
    },
    Language {
        name: "python",
        head: "from datetime import timedelta\n\n\ndef late_~noun~_~n~(entries, limit=timedelta(hours=~n~)):\n    \"\"\"~sentence~\"\"\"\n    found = []\n",
        lines: &[
            "    for entry in entries:\n        if entry[\"~noun~\"] > ~n~ and not entry.get(\"~noun~_closed\"):\n            found.append((entry[\"id\"], f\"{entry['owner']}: ~noun~\"))\n",
            "    # ~sentence~\n",
            "    ~noun~ = sum(1 for entry in entries if entry[\"kind\"] == \"~noun~\") / max(len(entries), ~n~)\n",
            "    assert all(entry[\"~noun~\"] is not None for entry in found), \"~condition~\"\n",
        ],
        tail: "    return sorted(found, key=lambda pair: pair[~n~ % 2])\n",
    },
    Language {
        name: "toml",
        head: "# ~sentence~\ntitle = \"~noun~ ~n~\"\n",
        lines: &[
            "[~noun~.~noun~~n~]\nlimit = ~n~\nowner = \"~role~\"\n",
            "notify = [\"~noun~\", \"~noun~\", \"~noun~\"]\n",
            "since~n~ = 2026-03-1~n~T07:00:00Z\n",
        ],
        tail: "[retention]\ndays = ~n~\n",
    },
    Language {
        name: "xml",
        head: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<~noun~s owner=\"~role~\">\n",
        lines: &[
            "  <~noun~ id=\"~n~\" limit=\"~n~\">~noun~ &amp; ~noun~</~noun~>\n",
            "  <!-- ~sentence~ -->\n",
            "  <host name=\"~noun~~n~.example\" port=\"8~n~\"/>\n",
        ],
        tail: "</~noun~s>\n",
    },
    Language {
        name: "powershell",
        head: "# ~sentence~\n$limit = (Get-Date).AddDays(-~n~)\n",
        lines: &[
            "Get-ChildItem -Path \"D:\\~noun~\" -Filter *.~noun~ | Where-Object { $_.LastWriteTime -lt $limit } | Remove-Item -WhatIf\n",
            "if ((Get-Service -Name '~noun~').Status -ne 'Running') { Write-Warning \"~noun~ ~n~ stands\" }\n",
            "$~noun~ = Import-Csv -Path .\\~noun~.csv | Group-Object -Property Owner | Select-Object -First ~n~\n",
        ],
        tail: "exit ~n~\n",
    },
    Language {
        name: "ini",
        head: "; ~sentence~\n[~noun~]\n",
        lines: &[
            "~noun~_limit = ~n~\n",
            "[~noun~:~noun~~n~]\nowner = ~role~\n",
            "path = /srv/~noun~/~noun~\nenabled = yes\n",
        ],
        tail: "[end]\nversion = ~n~\n",
    },
    Language {
        name: "text",
        head: "Subject: ~noun~ ~n~, ~condition~\n\n",
        lines: &["~sentence~\n", "  - ~object~, ~time~\n"],
        tail: "\nThe ~role~\n",
    },
];

/// A fenced code block of about 6 to 30 lines.
pub fn block(random: &mut Random) -> String {
    let language = random.pick(LANGUAGES);
    let mut text = format!("```{}\n{}", language.name, fill(language.head, random));
    for _ in 0..random.within(3..=12) {
        text.push_str(&fill(random.pick(language.lines), random));
    }
    text.push_str(&fill(language.tail, random));
    text.push_str("```");
    text
}
