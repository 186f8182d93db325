const WHOLE =
  /\b(data ?dump|full dump|dump of|full (data )?(export|backup|back-up|download)|export of (all|our|the (whole|entire))|complete (data )?(export|backup|copy|download)|(all|entire|complete|whole) (of )?(our|my|the)?\s?(\w+ )?(data|candidates?|resumes?|cvs?|records|database|information)|everything (we|you|in|from|that)|(export|backup|download) (everything|all)|(our|my) (account )?data)\b/;

/** Names the data of a whole account: then a word about closing or deleting is only the reason. */
export function namesWholeExport(folded: string): boolean {
  return (
    WHOLE.test(folded) &&
    !/\b(delete|erase|remove|wipe|import|upload) (all|everything|(our|my|the) (\w+ )?(data|candidates?|records|resumes|cvs))\b/.test(
      folded,
    )
  );
}

const GET =
  '(send|give|get|share|download|export|mail|email|need|want|see|print|provide|find|receive|resend)';

/** What sounds like an export and is something else: answered with the way to support, never a ticket. */
const NEAR_MISSES: readonly RegExp[] = [
  // Deleting, closing, leaving a plan.
  /\b(delete|remove|erase|wipe|purge|close|deactivate|terminate|disable|shut down|merge|anonymi[sz]e)\b.{0,40}\b(accounts?|workspace|subscription|users?|candidates?|profiles?|data|records?|person|applicants?|resumes?|cvs?|everything|members?|jobs?)\b/,
  /\b(cancel|pause|downgrade|upgrade|renew|change|switch)\b.{0,25}\b(subscription|plan|membership|licen[cs]e|seats?|account|trial|interview|meeting)\b/,
  /\b(gdpr|right to be forgotten|data protection|dsgvo)\b.{0,60}\b(delet|eras|remov|forgotten|request)/,
  // One candidate, one resume, one job's view.
  new RegExp(
    `\\b(${GET})\\b.{0,40}\\b(one|a|an|single|this|that|1|individual|her|his|their|the) (candidate|applicant|resume|cv|profile|cover letter|attachment|note)\\b(?!s| data| (dump|export))`,
  ),
  /\b(resume|cv|profile|application|data) (of|for|from) (mr|mrs|ms|dr|this|that|one|a single|a|candidate|applicant|[a-z]+ [a-z]+ who)\b(?! (all|our|account))/,
  // Bills as documents.
  new RegExp(`\\b${GET}\\b.{0,40}\\b(invoices?|receipts?|bills?|quotes?|statements?)\\b`),
  /\b(invoices?|receipts?|bills?)\b.{0,30}\b(pdf|copy|copies|download|address|vat|tax|wrong|incorrect)\b/,
  // The way in, and other programs.
  /\b(import|upload|bulk add|parse|parsing|sync)(ing|ed)?\b(?!.{0,40}\b(data dump|export)\b)/,
  /\b(api|webhooks?|zapier|integrat\w+|endpoint|sso|saml|oauth|plugin|extension for chrome|chrome extension)\b/,
  /\b(reports?|analytics|dashboards?|chart|statistics|metrics|funnel)\b/,
  /\b(forgot|reset|change|new)\b.{0,20}\bpassword\b/,
  /\b(pricing|price|cost of|discount|demo|trial|feature request|job ?board|careers? page|interviews?|calendar|email template|offer letter|onboarding)\b/,
  /\b(post|publish|create|add|edit|share)\b.{0,20}\b(new )?(job|role|candidate|user|team member|vacancy)\b/,
];

/** True when a thought asks for something that this bot does not do. */
export function nearMiss(clause: string): boolean {
  return NEAR_MISSES.some((pattern) => pattern.test(clause));
}
