import { bulkMail } from './support/bulk-mail.js';
import { sendPooled, type PoolLogin } from './support/nodemailer-pool.adapter.js';
import { measured } from './support/measured.js';

// Sends so many emails by nodemailer's own pool, then says in one line of JSON what that took.
const [login = '', count = ''] = process.argv.slice(2);
const { user, ...rest } = JSON.parse(login) as PoolLogin;
const emails = bulkMail(user, Number(count));
const result = await measured(() => sendPooled({ user, ...rest }, emails));
process.stdout.write(`${JSON.stringify(result)}\n`);
