import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { readCommandLine } from './options.js';

const FILE = fileURLToPath(new URL('../test/fixtures/authority.pem', import.meta.url));
const NO_PEM = fileURLToPath(import.meta.url);
const DEFAULTS = {
  workstation: false,
  port: 7706,
  data: '.data',
  hostVersion: 'V13.706',
  open: true,
  allowRecipients: [],
};
const SERVER = { host: '127.0.0.1', port: 993 };

describe('the command line', () => {
  test.each<[string[], object]>([
    [[], {}],
    [['--port', '0'], { port: 0 }],
    [['--port=8080'], { port: 8080 }],
    [['--data', '/tmp/x'], { data: '/tmp/x' }],
    [['--user', 'Manager'], { user: 'Manager' }],
    [['--workstation'], { workstation: true, user: 'Back office', port: 0 }],
    [['--workstation', '--user', 'Manager', '--port', '8080'], { workstation: true, user: 'Manager', port: 8080 }],
    [['--host-version', 'abc'], { hostVersion: 'abc' }],
    [['--host-version', ''], { hostVersion: '' }],
    [['--no-open'], { open: false }],
    [['--imap', '127.0.0.1:993'], { imap: SERVER }],
    [['--smtp', '[::1]:587'], { smtp: { host: '::1', port: 587 } }],
    [['--imap', '127.0.0.1:993', '--ca', FILE], { imap: SERVER, ca: FILE }],
    [['--proxy', 'http://name:word@127.0.0.1:8080'], { proxy: 'http://name:word@127.0.0.1:8080' }],
    [['--client-id', 'id', '--tenant', 't'], { clientId: 'id', tenant: 't' }],
    [
      ['--allow-recipient', 'a@b.example', '--allow-recipient', 'c@d.example'],
      { allowRecipients: ['a@b.example', 'c@d.example'] },
    ],
  ])('%j is understood', (args, expected) => {
    expect(readCommandLine(args)).toEqual({ kind: 'start', options: { ...DEFAULTS, ...expected } });
  });

  test.each<[string[], string]>([
    [['--prot', '1'], '--prot'],
    [['start'], 'start'],
    [['--port'], '--port'],
    [['--port', 'http'], '--port'],
    [['--port', '65536'], '--port'],
    [['--port=-1'], '--port'],
    [['--port', '1e3'], '--port'],
    [['--data', ''], '--data'],
    [['--imap', 'localhost'], '--imap'],
    [['--imap', 'localhost:0'], '--imap'],
    [['--smtp', '::1:587'], '--smtp'],
    [['--imap', '127.0.0.1:993', '--ca', '/no/such/file'], '--ca'],
    [['--ca', FILE], '--ca'],
    [['--proxy', ''], '--proxy'],
    [['--imap', '127.0.0.1:993', '--ca', NO_PEM], '--ca'],
    [['--tenant', 't'], '--client-id'],
    [['--client-id', ''], '--client-id'],
    [['--client-id', 'id', '--imap', '127.0.0.1:993'], '--client-id'],
    [['--allow-recipient', 'everybody'], '--allow-recipient'],
    [['--open=yes'], '--open'],
    [['--user', ' '], '--user'],
    [['--workstation', '--imap', '127.0.0.1:993'], '--imap'],
    [['--workstation', '--allow-recipient', 'a@b.example'], '--allow-recipient'],
  ])('%j is refused in one line that names it', (args, name) => {
    const refused = readCommandLine(args);
    expect(refused).toEqual({ kind: 'refused', problem: expect.stringContaining(name) });
    expect(refused).toEqual({ kind: 'refused', problem: expect.stringMatching(/^.+\.$/) });
  });

  test('asks for help', () => {
    expect(readCommandLine(['--help'])).toEqual({ kind: 'help' });
  });
});
