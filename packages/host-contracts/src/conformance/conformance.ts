/**
 * The suite that a host must pass for each contract that it claims, with any test runner:
 *
 * ```ts
 * import * as conformance from '@exact/host-contracts/conformance';
 *
 * conformance.inboxStore({ test, create: () => openNewPractice() });
 * ```
 */
export { type ClockHost, clock } from './clock.js';
export { type ConfigurationHost, configuration } from './configuration-store.js';
export { type DeliveryReportsHost, deliveryReports } from './delivery-reports.js';
export { type DurableHost, durability } from './durability.js';
export { type FinishHost, finish } from './finish.js';
export { type HostInformationHost, hostInformation } from './host-information.js';
export { type InboxStoreHost, inboxStore } from './inbox-store.js';
export { type JobsHost, jobs } from './jobs.js';
export type { LeasingHost, TimedHost } from './leasing-host.js';
export { type OutboxStoreHost, outboxStore } from './outbox-store.js';
export {
  type PatientChoiceHost,
  patientChoice,
  type PatientDirectoryHost,
  patientDirectory,
} from './patient-directory.js';
export { type PracticeInformationHost, practiceInformation } from './practice-information.js';
export { type PromptsHost, prompts } from './prompts.js';
export { type ServiceHealthHost, serviceHealth } from './service-health.js';
export { type SupportHost, support } from './support.js';
export type { Suite, TestFunction } from './suite.js';
export { type WorkstationHost, workstations } from './workstations.js';
