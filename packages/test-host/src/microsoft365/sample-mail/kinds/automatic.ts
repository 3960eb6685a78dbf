import { multipart, textPart, writeMessage, type Entity } from '../mime-writer.js';
import { orthodontist, type Correspondent } from '../practice-talk.js';
import type { MessageKind } from '../writing.js';

const plain = { charset: 'us-ascii', encoding: '7bit' } as const;

/** A report that an email could not be delivered, RFC 3464. */
export const bounce: MessageKind = (writing) => {
  const from: Correspondent = { name: 'Mail Delivery System', address: 'mailer-daemon@mx.elsewhere.example' };
  const recipient = `old.patient${writing.random.integer(1, 99).toString()}@elsewhere.example`;
  const failed = writing.newMessageId(writing.practice);
  const status: Entity = {
    header: ['Content-Type: message/delivery-status'],
    body: Buffer.from(
      `Reporting-MTA: dns; mx.elsewhere.example\r\n\r\nFinal-Recipient: rfc822; ${recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n`,
    ),
  };
  const original: Entity = {
    header: ['Content-Type: text/rfc822-headers'],
    body: Buffer.from(`From: ${writing.practice.address}\r\nTo: ${recipient}\r\nMessage-ID: ${failed}\r\n`),
  };
  const text = textPart(`Your message to ${recipient} could not be delivered.\n\nUser unknown.`, plain);
  const content = multipart('report', [text, status, original], writing.random, {
    parameters: ['report-type=delivery-status'],
  });
  const extra = ['Auto-Submitted: auto-replied', `In-Reply-To: ${failed}`];
  return writeMessage(writing.header({ from, subject: 'Undelivered Mail Returned to Sender', extra }), content);
};

/** Out of office. */
export const autoReply: MessageKind = (writing) => {
  const before = writing.newMessageId(writing.practice);
  const extra = ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All', `In-Reply-To: ${before}`];
  const header = writing.header({ from: orthodontist, subject: 'Automatic reply: Referral', extra });
  return writeMessage(header, textPart('I am away until Monday. In urgent cases call the practice.', plain));
};

/** An invitation, RFC 5546, RFC 6047. */
export const invitation: MessageKind = (writing) => {
  const start = new Date(writing.at + 7 * 24 * 60 * 60 * 1000);
  const stamp = (date: Date): string => date.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//EXACT Email//Sample//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${writing.random.hex(16)}@marchand-ortho.example`,
    `DTSTAMP:${stamp(new Date(writing.at))}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(new Date(start.getTime() + 3_600_000))}`,
    'SUMMARY:Case discussion',
    `ORGANIZER:mailto:${orthodontist.address}`,
    `ATTENDEE;RSVP=TRUE:mailto:${writing.practice.address}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\n');
  const parts = [
    textPart('Case discussion, one hour, in our practice.', plain),
    textPart(lines, { subtype: 'calendar', charset: 'utf-8', encoding: 'base64', parameters: ['method=REQUEST'] }),
  ];
  const content = multipart('alternative', parts, writing.random);
  return writeMessage(writing.header({ from: orthodontist, subject: 'Invitation: case discussion' }), content);
};

/** A patient's program says that an email was read, RFC 8098. */
export const readReceipt: MessageKind = (writing) => {
  const from = writing.patient();
  const before = writing.newMessageId(writing.practice);
  const notice: Entity = {
    header: ['Content-Type: message/disposition-notification'],
    body: Buffer.from(
      `Final-Recipient: rfc822;${from.address}\r\nOriginal-Message-ID: ${before}\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n`,
    ),
  };
  const content = multipart('report', [textPart('Your message was read.', plain), notice], writing.random, {
    parameters: ['report-type=disposition-notification'],
  });
  return writeMessage(writing.header({ from, subject: 'Read: Appointment reminder' }), content);
};
