export type { OtherServer, OtherServers, RealMicrosoft365 } from './host/endpoints.js';
export { FakeClock } from './host/fake-clock.js';
export type * from './host/host.js';
export { StartRefusal } from './host/start-refusal.js';
export { startTestHost, type TestHost } from './host/start-test-host.js';
export type { TestHostOptions } from './host/test-host-options.js';
export type { Microsoft365 } from './microsoft365/microsoft365.js';
export type { PracticeStores } from './stores/practice-stores.js';
