import { describe, expect, test } from '@jest/globals';
import { isBypassed, LOOPBACK } from './proxy-bypass.js';

describe('a server is reached without the proxy', () => {
  test.each([
    ['smtp.office365.com', '*'],
    ['smtp.office365.com', 'smtp.office365.com'],
    ['SMTP.Office365.com.', 'office365.com'],
    ['smtp.office365.com', '.office365.com'],
    ['smtp.office365.com', '*.office365.com'],
    ['smtp.office365.com', ' office365.com:587 '],
    ['10.1.2.3', '10.0.0.0/8'],
    ['10.1.2.3', '10.1.2.3'],
    ['2001:db8::7', '2001:db8::/32'],
    ['[2001:db8::7]', '2001:db8:0::7'],
    ['2001:db8::7', '[2001:db8::7]:587'],
    ['localhost', LOOPBACK.join()],
    ['127.3.2.1', LOOPBACK.join()],
    ['::1', LOOPBACK.join()],
  ])('%s where the list says %s', (host, entries) => {
    expect(isBypassed({ host, port: 587 }, entries.split(','))).toBe(true);
  });
});

describe('a server is reached through the proxy', () => {
  test.each([
    ['smtp.office365.com', ''],
    ['smtp.office365.com', 'example.com'],
    ['smtp.office365.com', 'office365.co'],
    ['notoffice365.com', 'office365.com'],
    ['smtp.office365.com', 'office365.com:993'],
    ['smtp.office365.com', '.'],
    ['10.1.2.3', '10.1.2'],
    ['10.1.2.3', '11.0.0.0/8'],
    ['10.1.2.3', '10.0.0.0/33'],
    ['10.1.2.3', '2.3'],
    ['2001:db8::7', '2001:db9::/32'],
    ['2001:db8::7', '[2001:db8::7]:993'],
    ['localhost.example', LOOPBACK.join()],
  ])('%s where the list says "%s"', (host, entries) => {
    expect(isBypassed({ host, port: 587 }, entries.split(','))).toBe(false);
  });
});
