import { describe, expect, test } from '@jest/globals';
import { checkAuthorityMetadata } from './authority-metadata.js';

const metadata = (tokenEndpoint: string): string =>
  JSON.stringify({
    issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
    authorization_endpoint: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize',
    token_endpoint: tokenEndpoint,
    response_modes_supported: ['query', 'form_post'],
  });

describe('metadata that overrules where a sign-in goes', () => {
  test.each([
    'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
    'https://login.microsoftonline.us/organizations/oauth2/v2.0/token',
    'http://127.0.0.1:40033/organizations/oauth2/v2.0/token',
    'http://localhost:40033/token',
    'http://[::1]:40033/token',
  ])('is taken with %s', (address) => {
    expect(() => checkAuthorityMetadata(metadata(address))).not.toThrow();
  });

  test.each([
    'https://login.microsoftonline.com.attacker.example/token',
    'https://login-microsoftonline.com/token',
    'https://login.rnicrosoftonline.com/token',
    'http://login.microsoftonline.com/token',
    'https://login.microsoftonline.com@attacker.example/token',
    'https://attacker.example/login.microsoftonline.com/token',
    'http://127.0.0.1.attacker.example/token',
    'http://192.168.1.9/token',
    'file:///token',
    'token',
  ])('is refused with %s', (address) => {
    expect(() => checkAuthorityMetadata(metadata(address))).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'sign-in.foreign-authority' }) }),
    );
  });

  test.each(['', 'null', '[', '"https://attacker.example/token"'])('is refused when it can’t be read: %s', (text) => {
    expect(() => checkAuthorityMetadata(text)).toThrow();
  });
});
