import type { Intent } from './intents.ts';

/** A thought that says `says` means `intent`, unless it says `unless` too. Of several rules the first counts. */
export type Rule = { intent: Intent; says: RegExp; unless?: RegExp };

const THING = '(data ?dump|dump|exports?|back-?ups?|requests?|tickets?|downloads?|orders?)';
const FILES = '(zips?|zip files?|archives?|rar|parts?|files?|downloads?|folders?)';
const LINKS = '(links?|urls?|downloads?|download page|csvs?|files?)';
const CONTENT =
  '(resumes?|cvs?|candidates?|files?|attachments?|notes?|data|jobs?|records?|documents?|rows?|profiles?|applicants?|fields|folders?)';

/** Answers and courtesies: they count only when the thought says nothing else. */
export const SHORT_ANSWERS: readonly Rule[] = [
  {
    intent: 'confirm_no',
    says: /^\W*(no+|nope|nah|not now|no way|no,? thanks?( you)?|rather not|don't( do (it|that))?|do not( do (it|that))?|please don't|leave it|forget it|never ?mind|not anymore|not any more|no longer needed|wrong|incorrect|that's (wrong|not right)|👎)\b.{0,30}$/u,
    unless:
      /\b(not (sure|yet|received|working)|no (problem|worries|idea|rush|links?|csv|email|answer|reply|response)|only|instead|wait)\b|\bno\b.{1,30}\b(jobs?|attachments?|resumes?|cvs?|files?)\b/,
  },
  { intent: 'confirm_no', says: /^\W*(👎|❌)/u },
  {
    intent: 'confirm_yes',
    says: /^\W*(yes+|yep|yup|yeah|ya|yea|y|aye|ok(ay)?|k|sure( thing)?|of course|certainly|definitely|absolutely|correct|right|that's (right|correct|fine|good)|confirm(ed)?|i confirm|agreed|approved?|go( ahead| for it| on)?|proceed|do it|please (do|proceed|go ahead|start)|sounds (good|great|fine|right)|looks (good|great|fine|right)|all good|perfect|great|fine|start( it)?|i do|we do|si|ja|oui|sim|haan)\b(,? ?(yes|ok(ay)?|please|pls|thanks?|thank you|sure|go ahead|do it|do that|it|that|that's (right|correct|fine|good|ok)|proceed|confirm(ed)?|i confirm|we confirm|correct|sounds good|looks good|perfect|great|with (it|that|this)|for it|start|sir|all good|the (export|request|summary)( is (right|correct|fine))?|send it( over)?))*\W*$/u,
  },
  { intent: 'confirm_yes', says: /^\W*(👍|✅|👌)/u },
  {
    intent: 'smalltalk',
    says: /^\W*(hi+|hello+|hey+|hiya|yo|good (morning|afternoon|evening|day|night)|greetings|thanks?( you)?|thank you|thx|ty|cheers|much appreciated|appreciate it|great( work| job)?|awesome|cool|nice|bye|goodbye|see you|have a (nice|good|great) (day|one|weekend)|you too|welcome|lol|how are you|how's it going|namaste|hola|hallo|bonjour|ola)\b(,? ?(that's|that is|this is|it's|there|team|all|everyone|everybody|so much|very much|a lot|again|bot|you|for (your|the|all|that)( \w+){0,3}|and|have a (nice|good|great) \w+|good (morning|afternoon|evening|day)|thanks?|thank you|today|support|guys|folks|great))*\W*$/u,
  },
];

/** Questions about a request, its links and its content. */
export const QUESTIONS: readonly Rule[] = [
  {
    intent: 'talk_to_human',
    says: /\b(speak|talk|chat|connect|transfer|pass|hand|escalate|put|get|call|want|need|reach|contact|give)\b.{0,25}\b(human|real (person|human)|person|people|agent|someone|somebody|representative|rep|colleague|operator|support (team|person|agent|staff)|manager|supervisor|your team|live (chat|agent))\b|\b(human|agent|operator|real person|live agent|representative)\b( please| pls| now|$)|\bare you (a )?(bot|human|real|robot)\b|\b(call me|phone me|ring me)\b/,
    unless: /\b(admin|account) (person|agent)\b/,
  },
  {
    intent: 'migrate_to_new_account',
    says: /\b(migrat\w*|mov(e|ing)|transfer(ring)?|import|shift(ing)?|copy|merge|carry over)\b.{0,60}\b(to|into|over to|with) (a |an |the |our |my |your )?(new|another|other|different|second|separate) (\w+ )?(account|workspace|instance|tenant|company)\b|\b(new|another) account\b.{0,40}\b(migrat|transfer|move)/,
  },
  {
    intent: 'temporary_access_request',
    says: /\b(temporary|temporarily|temp|short.?term|limited|brief|read.?only|platform|few days?'?( of)?|(24|48)( |-)?(h|hrs?|hours?)( of)?)\s+(\w+ )?(access|log ?in)\b|\baccess\b.{0,40}\b(for (a|an|one|two|\d+)|temporar|again|back|reopen)|\b(log|sign)(ging|ing)? ?(back )?in(to)?\b.{0,40}\b(again|once more|for a|temporar|platform|ourselves|myself)|\b(reactivate|reopen|re-?open|unlock|restore access)\b|\blet (us|me) (back )?in\b/,
    unless: /\blinks?\b/,
  },
  {
    intent: 'account_already_closed',
    says: /\baccount\b.{0,25}\b(already|is|was|has been|been|got|now)\b.{0,12}\b(closed|deactivated|deleted|terminated|cancelled|canceled|suspended|shut)\b|\b(we|i|you)('ve| have)? ?(already )?(closed|cancelled|canceled|deactivated|terminated) (our|my|the) (account|subscription)\b|\b(closed|former|ex|old|cancelled) (account|customer)\b/,
  },
  {
    intent: 'invoice_pending_question',
    says: /\b(invoices?|payments?|bills?|dues?|balance|outstanding amount)\b.{0,60}\b(pending|unpaid|overdue|due|outstanding|open|block\w*|hold\w*|before|affect|matter|delay\w*|stop|first|clear\w*|settled?|paid|done|made|sent|problem)\b|\b(pending|unpaid|overdue|outstanding|open|cleared|paid|pay|settle|owe)\b.{0,40}\b(invoices?|payments?|bills?|dues|balance|you)\b|\bwe('ve| have)? (just )?paid\b|\bwhy.{0,20}on hold\b/,
  },
  {
    intent: 'cancel_request',
    says: new RegExp(
      `\\b(cancel|withdraw|abort|call off|scrap|discard|revoke|stop|drop|take back)\\b.{0,30}\\b(${THING}|it|this|that|everything)\\b|^\\W*(please )?(cancel|abort|stop)( please)?\\W*$|\\b(no longer|don't|do not) (need|want) (the |this |that |our |my )?(${THING}|it|this|that)\\b( any ?more)?`,
    ),
    unless:
      /\b(don't|do not|not|never) (cancel|stop|abort)|\bcan('t| not|not) stop|stop(s|ped) working|subscription|\bplan\b/,
  },
  {
    intent: 'duplicate_resumes_question',
    says: /\bduplicat|\bdupes?\b|\b(same|identical) (resumes?|cvs?|candidates?|files?|person|pdfs?|documents?)\b|\b(resumes?|cvs?|candidates?|files?)\b.{0,40}\b(twice|several times|multiple times|many times|repeat\w*|more than once|over and over|again and again|two times|three times|\d+ times)\b/,
    unless:
      /\b(without|no|remove|de-?dup\w*|one copy)\b.{0,20}duplicat|\b(one|single|only one) copy\b/,
  },
  {
    intent: 'zip_wont_open',
    says: new RegExp(
      `\\b${FILES}\\b.{0,45}\\b(won't|wont|can't|cannot|can not|unable|not|doesn't|does not|don't|do not|fails?|failed|failing|refus\\w*|impossible)\\b.{0,15}\\b(open\\w*|extract\\w*|unzip\\w*|unpack\\w*|decompress\\w*|valid)\\b|\\b(can't|cannot|can not|unable to|couldn't|could not|won't|not able to|fail\\w* to|error when|problems?|trouble|issues?)\\b.{0,25}\\b(open|extract|unzip|unpack|decompress)\\w*\\b|\\b${FILES}\\b.{0,40}\\b(corrupt\\w*|damaged|broken|empty|invalid|unreadable|crc|unexpected end)\\b|\\b(corrupt\\w*|damaged|broken|empty|invalid) ${FILES}\\b|\\b(extract|unzip|unpack|open)(ing|ion)?\\b.{0,30}\\b(errors?|fails?|failed|corrupt\\w*)\\b`,
    ),
    unless: /\blinks? (\w+ )?(won't|doesn't|don't|not)\b/,
  },
  {
    intent: 'link_expired',
    says: new RegExp(
      `\\b${LINKS}\\b.{0,40}\\b(expired|dead|broken|not work\\w*|no longer|stopped|don't work|doesn't work|won't work|dont work|doesnt work|isn't working|aren't working|isnt working|invalid|403|404|410|gone|access denied|not (valid|available|accessible)|can't be (opened|reached)|have ended)\\b|\\b(expired|dead|broken)\\b.{0,20}\\b${LINKS}\\b|\\bmissed (the|our|my) (\\w+ )?(window|deadline|download|expiry)\\b|\\btoo late\\b.{0,30}\\bdownload|\\b(they|it|everything)('ve| have|'s| has)? (already )?expired\\b`,
    ),
    unless:
      /\b(before|when|will|do|does|after|if|how long)\b.{0,40}\bexpire|\bcsv\b.{0,20}\b(lost|missing|never)/,
  },
  {
    intent: 'request_extension',
    says: /\bextend|\bextension\b|\bmore time\b|\b(another|extra|additional|few more|\d+ more|two more|three more|couple more|one more)\b.{0,12}\b(days?|weeks?|hours?|hrs?|month)\b|\b(keep|leave|hold)\b.{0,30}\b(alive|active|open|working|available|online|valid|up|longer)\b|\bnot enough time\b|\bonly \d+ ?(h|hours?|days?)\b.{0,20}\b(left|to download)|\b(prolong|postpone|push back|delay)\b.{0,25}\b(expiry|expiration|deadline|links?|deletion)\b|\b(links?|window|them)\b.{0,25}\b(longer|until|till)\b|\b(can't|cannot|won't|unable to|not able to)\b.{0,30}\b(download|finish)\b.{0,40}\b(in time|before|by then|window)\b/,
    unless: /\bhow long\b|^(is|are|can|could) (it|there|extensions?) possible to extend\?$/,
  },
  {
    intent: 'resend_csv',
    says: /\b(re-?send|send|share|forward|post|give|get|provide|lost|lose|misplaced|can't find|cannot find|could not find|couldn't find|missing|never (got|received|came|arrived)|(didn't|did not|haven't|have not|not) (get|got|receive|received|seen)|where('s| is| are)|deleted|again|once more|another copy of)\b.{0,40}\b(csv|links? file|file with (the )?(download )?links|download links?|links?|spreadsheet|master file|links list|list of links)\b|\b(csv|links? file)\b.{0,90}\b(re-?send|share|send|forward) (it|that|this|the)\b|\b(csv|links? file|links?)\b.{0,30}\b(again|once more|lost|missing|never (came|arrived|reached)|not (here|there|received|arrived)|gone)\b/,
    unless:
      /\b(one|each) csv|\bas (a )?csv\b|\bcsv (export|format)|\b(export|data|candidates) (to|as|in) csv|\bexpire|\bhow long\b|\bcandidates?\.csv|\bnot work/,
  },
  {
    intent: 'structured_fields_question',
    says: /\bonly (got|get|received|receive|have|see|seeing|contains?|resumes?|cvs?|pdfs?)\b.{0,50}\b(resumes?|cvs?|pdfs?|fields?|notes?|data)\b|\bwhere (are|is|can i find|do i find)\b.{0,25}\b(fields?|notes?|structured|job descriptions?|parsed|metadata|custom fields|profile data|tags|comments)\b|\bstructured (data|fields?|information)\b|\b(data fields?|notes|job descriptions?|custom fields?|parsed data|tags|comments)\b.{0,40}\b(included|available|part of|missing|exported|too|as well)\b|\b(are|is|do|does|will)\b.{0,20}\b(notes|job descriptions?|custom fields?|data fields?|parsed data)\b/,
    unless:
      /^(only|just)\b|\b(only|just) (the|our|want|need|export|send)\b|\b(need|want|export|send|give) .{0,15}\bonly\b|\bmissing (resumes?|cvs?|attachments?)/,
  },
  {
    intent: 'data_missing_or_incomplete',
    says: new RegExp(
      `\\b${CONTENT}\\b.{0,45}\\b(missing|incomplete|absent|not (all )?(there|in (it|there|the)|here|included|complete|exported|present)|lacking|left out|were skipped)\\b|\\b(missing|incomplete|lacks?|lacking|absent|without any|can't find|cannot find|couldn't find)\\b.{0,35}\\b(${CONTENT}|export|dump)\\b|\\b(not all|fewer|less|only (half|some|part|\\d+( of)?))\\b.{0,30}\\b${CONTENT}\\b|\\b(export|dump|it)\\b.{0,20}\\b(incomplete|not complete|missing)\\b|\\bwhere (are|did) (the|our|my|all).{0,20}\\b(resumes?|cvs?|attachments?|files|candidates)\\b`,
    ),
    unless: /^(is|are|does|will|do|can|what)\b.{0,60}\bincluded\b/,
  },
  {
    intent: 'extraction_help',
    says: /\bhow (do|can|to|should|would|does one)\b.{0,25}\b(open|extract|unzip|unpack|decompress)\b|\b(which|what|any|recommend\w*)\b.{0,25}\b(tools?|software|programs?|apps?|unzipper|extractor)\b|\b(7-?zip|winrar|unarchiver)\b|\b(help|instructions?|steps?|guide)\b.{0,25}\b(open|extract|unzip|unpack)\w*/,
  },
  {
    intent: 'validity_question',
    says: /\bhow (long|many days|much time|many hours)\b.{0,60}\b(valid|work|live|alive|active|available|last|expir\w*|accessible|open for|good for|to download|download (it|them|everything)|links?|keep the (links|files))\b|\b(when|what day|what date|what time)\b.{0,40}\b(expire|expires|expiring|stop working|end|ends|run out|be deleted|get deleted|die|gone)\b|\b(expiry|expiration)( date| time)?\b|\bvalid(ity)?\b.{0,25}\b(links?|period|for|till|until|of)\b|\b(links?|download window)\b.{0,25}\b(valid|validity|expire|live)\b|\b(do|will|does) (the |these |those |my |our )?(links?|downloads?) (ever )?expire|\b(what (happens )?if|if) (i|we) (miss|don't make|do not make)\b.{0,25}\b(window|deadline|download|expiry|links?|days?)/,
    unless: /\bhow long\b.{0,30}\b(take|prepare|until we get|wait)/,
  },
  {
    intent: 'ask_status',
    says: new RegExp(
      `\\bstatus\\b|\\bprogress\\b|\\b(any|an) (updates?|news)\\b|\\bupdates? (on|about|for|me|please|regarding)\\b|\\bwhere (is|are|do|does)\\b.{0,25}\\b(my|our|the|we|things|it)\\b.{0,15}\\b(${THING}|stand|at)\\b|\\bhow('s| is| far)\\b.{0,25}\\b(going|along|coming|${THING}|are you)\\b|\\b(did|have|has) (you|anyone|someone|it|my|our|the)\\b.{0,30}\\b(start\\w*|receiv\\w*|get|got|begun|approv\\w*|process\\w*|look\\w*|been)\\b|\\bis (it|this|the (${THING})|my (${THING})|our (${THING}))\\b.{0,12}\\b(ready|done|finished|approved|complete|being|on its way)\\b|\\bwhat('s| is) happening\\b|\\bfollow(ing)?.?up\\b`,
    ),
    unless: /\bhow long\b|^when\b|\bby when\b|\beta\b/,
  },
  {
    intent: 'ask_eta',
    says: /\bhow (long|soon|fast|quick\w*|many (business )?(days|weeks))\b|\bwhen\b.{0,20}\b(will|can|is|do|does|should|would|could|are|shall|might)\b.{0,40}\b(get|receive|ready|done|have|arrive|expect|deliver\w*|complete\w*|finish\w*|come|be there|sent|available|it|export|dump|links)\b|\beta\b|\bby when\b|\bturn ?around\b|\btime ?(line|frame|scale)\b|\b(still|been) waiting\b|\btaking (so|too|forever|ages|long)\b|\b(ready|done|finished|get it|have it|deliver\w*)\b.{0,12}\bby\b/,
  },
  {
    intent: 'what_is_included',
    says: /\bwhat('s|s| is| are| does| do| will| would| all| data| files| exactly)?\b.{0,45}\b(includ\w*|contain\w*|in (it|the (dump|export|zip|backup|data dump))|inside|part of|cover\w*|come with|we get|i get|be in|receive)\b|\bwhich (data|files|sections|records|fields|information)\b|\b(is|are|does|do|will|would)\b.{0,50}\b(includ\w*|contain\w*|part of (the|it)|cover\w*|in the (dump|export))\b|\bcontents? of (the|a|my|our) (dump|export|data dump)\b|\bwhat (format|formats)\b|\bin (what|which) formats?\b/,
  },
];

const ALL =
  '(data|candidates?|resumes?|cvs?|records|info(rmation)?|files|documents|attachments|applicants?|profiles?|database|account|everything|notes|stuff)';
const WANT =
  "(need|needs|want|wants|wanna|require|requires|would like|'d like|like to|looking for|request\\w*|send|give|provide|share|export\\w*|download\\w*|get|take|have|receive|obtain|extract|pull|retrieve|back ?up|order|initiate|start|prepare|generate|create|arrange|deliver|pls|please|can (i|we|you)|could (i|we|you)|may (i|we)|how (do|can|to)|help)";
const DUMP =
  '(data ?dumps?|dumps?|full (data )?(export|backup|download)|(data|account|complete|whole|bulk|final|custom|role.?wise|job.?wise) (data )?(exports?|back-?ups?|download|take ?out)|exports?|back-?ups?|take ?out)';

/** Wishes for the data. They come last: "where is my data dump" is a question. */
export const REQUESTS: readonly Rule[] = [
  {
    intent: 'request_export',
    says: new RegExp(
      `\\b${WANT}\\b.{0,60}\\b${DUMP}\\b|^\\W*(the |a |an |our |my |one )?${DUMP}\\b.{0,40}$|\\b${DUMP}\\b.{0,40}\\b(please|pls|required|needed|asap|request)\\b`,
    ),
    unless: /\b(button|import)\b/,
  },
  {
    intent: 'request_export',
    says: new RegExp(
      `\\b${WANT}\\b.{0,50}\\b(all|entire|complete|whole|every|each|full|everything)\\b.{0,25}\\b${ALL}\\b|\\b${WANT}\\b.{0,40}\\b(our|my) (\\w+ )?${ALL}\\b|\\b(export|download|back ?up|send|need|want|give|get)\\b.{0,15}\\b(everything|all of it)\\b|\\b(all|entire) (of )?(our|my) ${ALL}\\b.{0,40}\\b(please|pls|before|by|asap)\\b`,
    ),
    unless: /\b(see|view|access|edit|update|open) (all|our|my)\b/,
  },
  {
    intent: 'request_export',
    says: /\b(export|download|need|want|send|give|get|pull|extract)\b.{0,20}\b(resumes|cvs|candidates|candidate data|attachments|data files)\b/,
  },
  {
    intent: 'request_custom_export',
    says: /\b(get|need|want|export|download|have|only)\b.{0,40}\b(specific|certain|particular|some|selected|individual) (jobs?|roles?|positions?|fields)\b|\b(role|job)(-| )?wise\b/,
  },
  {
    intent: 'request_custom_export',
    says: /^\W*(no,? |ok,? |sorry,? |actually,? |and |please |yes,? )*(the (resumes|cvs|attachments|data files)\b.{0,10}\b(too|as well)|only|just|nothing but|without|except|exclude|leave out|skip|include|add|also|i (only|just) (want|need)|we (only|just) (want|need)|can (you|we|i) (only|just|split|change|make))\b.{0,160}\b(resumes?|cvs?|attachments?|data|csvs?|jobs?|roles?|positions?|files|fields|notes|zips?|parts?|dates?|sections?|everything)\b|\b(change|modify|adjust|edit|alter)\b.{0,25}\b(something|it|that|this|options?|request|sections?|jobs?|size|dates?)\b|\b(smaller|bigger|larger|small) (zips?|parts?|files|archives?)\b|^\W*(all|every) (jobs?|roles?|dates?|sections?)\b|^\W*everything( please)?\W*$/,
  },
];
