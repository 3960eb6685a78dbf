import type { GeneratedMessage } from '../../src/microsoft365/sample-mail/generate-mailbox.js';

const MULTIPART = 'From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n';

/** What lies in real mailboxes although no standard allows it. No two are the same; all with line ends that Dovecot keeps. */
const BROKEN = [
  '',
  '\r\nonly a body\r\n',
  'no header at all\r\n',
  'nor here\r\n',
  'X-Nobody: 1\r\n\r\n',
  'X-Nobody: 2\r\n\r\n',
  `${MULTIPART}text before parts that never come\r\n`,
  `${MULTIPART}another such text\r\n`,
  `${MULTIPART}--b\r\na part without an end to its header\r\n`,
  'From: broken <\r\nSubject: =?utf-8?B?=?=\r\nDate: never\r\n\r\n\x80\x81\xff\r\n',
  'Content-Type: text/plain; charset=klingon\r\nContent-Transfer-Encoding: base64\r\n\r\n=?*QQ\r\n=Q\r\n',
  `From: a@b.example\r\nTo: ${Array.from({ length: 5000 }, (_, index) => `p${String(index)}@b.example`).join(', ')}\r\n\r\n`,
];

export function brokenMail(internalDate: number): readonly GeneratedMessage[] {
  return BROKEN.map((text) => ({ raw: Buffer.from(text, 'latin1'), internalDate }));
}
