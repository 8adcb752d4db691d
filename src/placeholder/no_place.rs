//! Recognizes short texts about the state of a paper that do not say where it is: `expired`, `to be signed`, `on
//! request`.

use std::sync::LazyLock;

use ahash::AHashSet;

/// Words for states and answers, in any order, and the small words between them. A text of these words alone
/// names no place.
const STATES: [&str; 8] = [
    // English
    "expired,terminated,cancelled,canceled,obsolete,withdrawn,retired,superseded,replaced,archived,outdated,draft,drafted,lost,\
     shredded,discarded,destroyed,deleted,gone,stolen,missing,found,signed,unsigned,signature,signing,negotiation,negotiated,\
     negotiations,renewal,renewed,revision,filed,created,written,agreed,informal,verbal,oral,phone,handshake,request,demand,\
     available,existing,exists,exist,yes,yep,true,ok,okay,done,valid,current,active,approved,pending,awaiting,planned,come,owner,ended,\
     unavailable,misplaced,unknown,countersignature,outstanding,follow,follows,force,confidential,internal,nobody,knows,know,same,tbd,defined",
    // German
    "abgelaufen,gekündigt,beendet,veraltet,ungültig,entwurf,verloren,unauffindbar,auffindbar,vernichtet,geschreddert,gelöscht,\
     unterschrift,unterschrieben,verhandlung,verhandlungen,verhandelt,erstellung,erstellen,erstellt,ablegen,handschlag,\
     vereinbart,vorhanden,existiert,anfrage,ja,wahr,gültig,aktuell,eigentümer,telefonisch,formlos,informell,nein,verworfen,kündigung,abstimmung,ausgelaufen,verlängert,verlängerung,\
     unterzeichnet,verlegt,unbekannt,mündlich,fehlt,steht,folgt,liegt,läuft,aktiv,erledigt,vertraulich,intern,arbeit,kraft,weiss,schriftliches",
    // French
    "expiré,résilié,périmé,obsolète,perdu,introuvable,détruit,signer,signé,signature,négociation,négocié,créer,création,existe,\
     disponible,oui,demande,verbal",
    // Spanish and Portuguese
    "vencido,caducado,terminado,obsoleto,perdido,destruido,firmar,firmado,firma,negociación,crear,existe,disponible,sí,petición,\
     pendiente,rescindido,trámite,expirado,assinar,assinado,assinatura,negociação,criar,disponível,sim",
    // Italian
    "scaduto,disdetto,smarrito,obsoleto,perso,distrutto,firmare,firmato,firma,trattativa,negoziazione,creare,esiste,disponibile,sì,richiesta",
    // Dutch
    "verlopen,beëindigd,opgezegd,verouderd,kwijt,vernietigd,tekenen,getekend,ondertekening,onderhandeling,maken,aanwezig,\
     beschikbaar,ja,aanvraag",
    // Polish
    "podpisywania,wygasła,wygasły,rozwiązana,zgubiona,zgubiony,podpisu,podpisania,podpisana,negocjacji,utworzenia,dostępne,tak",
    // Japanese and Chinese
    "契約なし,期限切れ,解約済み,未調印,調印待ち,无合同,待签署,交渉中,作成予定,作成中,紛失,未締結,未作成,失効,廃止,締結予定,廃棄済み,はい,有,あり,谈判中,已过期,丢失",
];
const SMALL_WORDS: &str = "to,be,being,been,is,are,in,under,on,by,of,for,the,a,still,yet,already,not,cannot,will,nicht,can,does,see,upon,\
     zur,zum,zu,in,im,per,auf,noch,ist,wird,siehe,en,cours,de,à,sur,la,le,voir,por,bajo,ver,para,da,di,su,vedi,te,op,ter,zie,do,w,\
     trakcie,na,word,mouth,since,until,with,at,sent,aus,seit,vor,beim,nur,only,am,vom,nichts,don,t,i,lieferanten,supplier,em,corso";
/// What the texts are about: a paper and its place.
const SUBJECTS: &str =
    "contract,agreement,paper,copy,place,location,vertrag,vereinbarung,ort,ablageort,contrat,contrato,contratto,umowa";
/// Months and other words beside numbers: `to be signed in January 2027`.
const DAYS: &str = "january,february,march,april,may,june,july,august,september,october,november,december,januar,februar,märz,mai,juni,\
     juli,oktober,dezember,q1,q2,q3,q4";

static STATE_SET: LazyLock<AHashSet<&str>> = LazyLock::new(|| STATES.iter().flat_map(|list| list.split(',')).collect());
static SMALL_WORD_SET: LazyLock<AHashSet<&str>> =
    LazyLock::new(|| SMALL_WORDS.split(',').chain(SUBJECTS.split(',')).chain(DAYS.split(',')).collect());

/// Whether a case-folded text, without signs, says only in which state something is.
pub(super) fn says_only_state(words: &str) -> bool {
    let is_state = |word: &str| STATE_SET.contains(word);
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_known = |word: &str| is_state(word) || SMALL_WORD_SET.contains(word) || is_number(word);
    words == "by word of mouth" || words.split(' ').all(is_known) && words.split(' ').any(is_state)
}
