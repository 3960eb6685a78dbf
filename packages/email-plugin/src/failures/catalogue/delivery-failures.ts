import type { CatalogueRow } from './catalogue-row.js';

/** Why an email came back after Microsoft had taken it. */
export interface DeliveryRow extends CatalogueRow {
  /** The address itself does not work, so that the next email to it would come back as well. */
  readonly isAddressAtFault: boolean;
}

const RFC_3463 = 'https://www.rfc-editor.org/rfc/rfc3463';
const MICROSOFT =
  'https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online';

const CHECK_ADDRESS = 'Check the address with the recipient and correct it. Then write to the correct one.';
const REACH_OTHERWISE = 'Reach the recipient in another way.';

/**
 * What delivery reports say, in the order in which it is looked through: the words of a Status and a Diagnostic-Code (RFC
 * 3463, RFC 3464), or of a report without any code. The same code can mean another thing in a reply to us: see SMTP.
 */
export const deliveryFailures: readonly DeliveryRow[] = [
  {
    code: 'delivery.sender-blocked',
    pattern: '5\\.1\\.8\\b|5\\.7\\.50[123]\\b|5\\.7\\.70[58]\\b|bad outbound sender',
    sentence: 'Microsoft has stopped the practice’s mailbox because it takes it for misused.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Ask your IT support to release it: Microsoft Defender portal > Email & collaboration > Review > Restricted entities.',
    source: MICROSOFT,
    isAddressAtFault: false,
  },
  {
    code: 'delivery.limit-reached',
    pattern: '5\\.1\\.90\\b|5\\.7\\.23[236]\\b|SubmissionQuotaExceeded|submission quota',
    sentence: 'The practice has sent as much as Microsoft allows in a day.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Press Reset tomorrow to send it again. Use Campaign+ for email to many patients.',
    source: MICROSOFT,
    isAddressAtFault: false,
  },
  {
    code: 'delivery.mailbox-full',
    pattern:
      '[45]\\.2\\.2\\b|(?:mailbox|inbox)(?: is|\\x27s)? (?:currently )?(?:over)?full|mailbox (?:size )?limit|over (?:the )?(?:allowed )?quota|quota (?:is )?(?:exceeded|full)|exceed\\w* (?:\\w+ )?(?:storage|quota|mailbox)|out of storage|insufficient (?:disk )?(?:space|storage)',
    sentence: 'The recipient’s mailbox is full.',
    fixedBy: 'user',
    retry: 'never',
    advice: `${REACH_OTHERWISE} When there is room again, press Reset to send the email once more.`,
    source: MICROSOFT,
    isAddressAtFault: false,
  },
  {
    code: 'delivery.mailbox-off',
    pattern:
      '5\\.2\\.1\\b|(?:account|mailbox|user) (?:that you tried to reach )?(?:is|has been) (?:disabled|suspended|inactive|deactivated|closed|locked)|(?:account|mailbox) disabled',
    sentence: 'The recipient’s mailbox is switched off.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Ask the recipient for another address.',
    source: RFC_3463,
    isAddressAtFault: true,
  },
  {
    code: 'delivery.too-large',
    pattern:
      '5\\.2\\.3\\b|5\\.3\\.4\\b|message (?:is )?too (?:large|big)|(?:message|maximum)? ?size (?:limit )?exceed|exceeds (?:the )?(?:maximum|size)|larger than the (?:current )?(?:system )?limit',
    sentence: 'The email is too large for the recipient’s mailbox.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Write a new one with fewer or smaller attachments.',
    source: RFC_3463,
    isAddressAtFault: false,
  },
  {
    code: 'delivery.domain-unknown',
    pattern:
      '[45]\\.1\\.2\\b|[45]\\.4\\.4\\b|5\\.4\\.310\\b|(?:host|domain)(?: or domain)?(?: name)? (?:not found|unknown|does(?: not|n\\x27t) exist|could(?: not|n\\x27t) be found)|(?:unknown|no such) (?:host|domain)|find any host|domain \\S+ could(?: not|n\\x27t) be found|NXDOMAIN|bad destination (?:system|host)|all relevant MX records point to non-existent hosts',
    sentence: 'The part of the address after the @ does not exist.',
    fixedBy: 'user',
    retry: 'never',
    advice: CHECK_ADDRESS,
    source: MICROSOFT,
    isAddressAtFault: true,
  },
  {
    code: 'delivery.address-unknown',
    pattern:
      '5\\.1\\.(?:1|6|10)\\b|(?:user|recipient|address|account|mailbox)(?: is)? (?:unknown|not found|not known)|unknown (?:user|recipient|address|account|local[ -]part|mailbox)|no such (?:user|recipient|address|mailbox|person|account)|(?:does(?: not|n\\x27t)|no longer) exist|(?:user|recipient|address|mailbox|account)[^.]{0,40}(?:wasn\\x27t|was not|could(?: not|n\\x27t) be) found|invalid (?:recipient|mailbox|user|address)|not a valid (?:user|mailbox|recipient|address)|no mailbox here|unrouteable address|mailbox unavailable|does(?: not|n\\x27t) have an? [^.]{0,30}account|not listed in|RecipientNotFound',
    sentence: 'This email address does not exist.',
    fixedBy: 'user',
    retry: 'never',
    advice: CHECK_ADDRESS,
    source: MICROSOFT,
    isAddressAtFault: true,
  },
  {
    code: 'delivery.not-authentic',
    pattern: '5\\.7\\.(?:2[0-9]|509)\\b|\\b(?:DMARC|SPF|DKIM)\\b',
    sentence: 'The other side could not check that the email is really from the practice.',
    fixedBy: 'admin',
    retry: 'never',
    advice:
      'Ask your IT support to publish SPF, DKIM and DMARC for the practice’s domain, as Microsoft describes it for Microsoft 365.',
    source: MICROSOFT,
    isAddressAtFault: false,
  },
  {
    code: 'delivery.closed-address',
    pattern: '5\\.7\\.(?:12|124|129|13[3-6]|505|507|513)\\b|RESOLVER\\.RST\\.\\w*(?:Auth|Restrict)\\w*',
    sentence: 'This address takes email only from people whom it was told to take it from.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Ask the recipient for another address.',
    source: MICROSOFT,
    isAddressAtFault: true,
  },
  {
    code: 'delivery.taken-for-spam',
    pattern:
      '5\\.7\\.(?:5\\d\\d|6\\d\\d|7\\d\\d|999)\\b|\\bspam|unsolicited|black ?list|block ?list|blocked (?:using|by|for|because)|\\bblocked\\b|reputation|junk|content (?:rejected|denied)|message rejected (?:due to|as)',
    sentence: 'The recipient’s email provider took the email for unwanted advertising.',
    fixedBy: 'user',
    retry: 'never',
    advice: `${REACH_OTHERWISE} If it happens with several recipients, ask your IT support.`,
    source: MICROSOFT,
    isAddressAtFault: false,
  },
  {
    code: 'delivery.refused-by-rule',
    pattern:
      '5\\.7\\.\\d{1,3}\\b|relay(?:ing)? (?:denied|not permitted|access denied)|polic(?:y|ies)|not authori[sz]ed',
    sentence: 'The recipient’s email provider refused the email by a rule of its own.',
    fixedBy: 'user',
    retry: 'never',
    advice: `${REACH_OTHERWISE} If it happens with several recipients, ask your IT support.`,
    source: MICROSOFT,
    isAddressAtFault: false,
  },
  {
    code: 'delivery.address-refused',
    pattern: '5\\.4\\.1\\b|(?:recipient|address) (?:address )?rejected|5\\.1\\.0\\b|5\\.5\\.0\\b',
    sentence: 'The recipient’s email provider does not accept this address.',
    fixedBy: 'user',
    retry: 'never',
    advice: CHECK_ADDRESS,
    source: MICROSOFT,
    isAddressAtFault: true,
  },
  {
    code: 'delivery.address-malformed',
    pattern: '5\\.1\\.[37]\\b|(?:bad|invalid) address syntax|syntax error in (?:address|mailbox)',
    sentence: 'The email address is not written correctly.',
    fixedBy: 'user',
    retry: 'never',
    advice: CHECK_ADDRESS,
    source: RFC_3463,
    isAddressAtFault: true,
  },
  {
    code: 'delivery.loop',
    pattern: '5\\.4\\.(?:6|14)\\b|hop count|mail loop|routing loop|too many hops',
    sentence: 'At the recipient’s email provider the email went round in circles.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Tell the recipient that their email does not work, and ask for another address.',
    source: MICROSOFT,
    isAddressAtFault: true,
  },
  {
    code: 'delivery.too-late',
    pattern:
      '[45]\\.4\\.[1279]\\b|5\\.4\\.3\\d\\d\\b|message (?:has )?expired|retry time ?out|timed? out|connection refused|too long in (?:the )?queue|(?:was|been) in the queue too long|delivery time expired|unable to deliver [^.]{0,60}(?:hours|days)',
    sentence: 'The recipient’s email provider did not take the email in time.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Check the part of the address after the @. If it is right, press Reset to send the email once more.',
    source: MICROSOFT,
    isAddressAtFault: false,
  },
  {
    code: 'delivery.content',
    pattern: '5\\.6\\.\\d{1,2}\\b|virus|malware|attachment (?:type )?(?:not allowed|rejected|blocked)',
    sentence: 'The other side does not take what is in the email.',
    fixedBy: 'user',
    retry: 'never',
    advice: 'Write a new one without attachments, or with files of another kind.',
    source: RFC_3463,
    isAddressAtFault: false,
  },
];
