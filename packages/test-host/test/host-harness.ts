import { fileURLToPath } from 'node:url';
import { startTestHost, type TestHost, type TestHostOptions } from '@exact/test-host';

/** The package directory of a fixture plugin. */
export function fixture(name: 'well' | 'throws' | 'hangs' | 'lacks-a-service'): string {
  return fileURLToPath(new URL(`fixtures/plugins/${name}`, import.meta.url));
}

/** A test host with fixture plugins, without a page and with little mail. */
export function startWith(
  plugins: readonly Parameters<typeof fixture>[0][],
  also: TestHostOptions = {},
): Promise<TestHost> {
  const sampleMail = { 'reception@brightsmile.example': 1 };
  return startTestHost({ plugins: plugins.map(fixture), web: false, microsoft365: { sampleMail }, ...also });
}
