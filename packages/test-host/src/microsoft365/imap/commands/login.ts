import { no, type ImapCommand } from '../command.js';

/** Passwords are no longer taken. https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online */
export const login: ImapCommand = {
  name: 'LOGIN',
  allowed: 'not-signed-in',
  run: (_session, args) => {
    args.text();
    args.text();
    args.end();
    return no('LOGIN failed.');
  },
};
