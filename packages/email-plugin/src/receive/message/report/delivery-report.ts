import type { DeliveryReport, RecipientReport } from '@exact/host-contracts';
import { deliveryFailures } from '../../../failures/catalogue/delivery-failures.js';
import { failureFor } from '../../../failures/failures.js';
import { OWN_MESSAGE_ID_HEADER } from '../../../send/own-header.js';
import { fieldOf, parseHeader, type HeaderFields } from '../mime-header.js';
import { readDeliveryStatus, type DeliveryStatus, type RecipientStatus } from './delivery-status.js';
import { isFromMailSystem } from './mail-system.js';
import type { ReportPart } from './report-parts.js';
import { copyOf, readReportWords } from './report-words.js';
import { delayed } from './report-failures.js';

const MOST_RECIPIENTS = 100;
const MOST_MESSAGE_IDS = 50;

/** Where the email's Message-ID stands in its own header, the surest first: some of Microsoft's servers give it another one. */
const OWN_IDS = [OWN_MESSAGE_ID_HEADER.toLowerCase(), 'x-microsoft-original-message-id', 'message-id'];

/** Where it stands in the report's header. */
const REPORT_IDS = ['in-reply-to', 'references', 'x-original-message-id', 'x-ms-exchange-parent-message-id'];

/** What a message tells of deliveries; `undefined` when it tells nothing that could be read. */
export function readDeliveryReport(header: HeaderFields, parts: readonly ReportPart[]): DeliveryReport | undefined {
  const statuses = parts.filter(({ kind }) => kind === 'status').map(({ text }) => readDeliveryStatus(text));
  const told = statuses.flatMap(({ recipients }) => recipients);
  const recipients = told.length > 0 || !isFromMailSystem(header) ? told : readReportWords(header, parts);
  if (recipients.length === 0) return undefined;
  return {
    messageIds: messageIds(header, parts, statuses),
    recipients: recipients.slice(0, MOST_RECIPIENTS).map(recipientReport),
  };
}

function recipientReport({ addresses, result, words }: RecipientStatus): RecipientReport {
  switch (result) {
    case 'delivered':
      return { addresses, result };
    case 'delayed':
      return { addresses, result, failure: delayed(failureFor('delivery', words).details) };
    case 'failed': {
      const failure = failureFor('delivery', words);
      const row = deliveryFailures.find(({ code }) => code === failure.code);
      return { addresses, result, failure, isAddressAtFault: row?.isAddressAtFault ?? false };
    }
  }
}

function messageIds(
  header: HeaderFields,
  parts: readonly ReportPart[],
  statuses: readonly DeliveryStatus[],
): readonly string[] {
  const returned = parts.filter(({ kind }) => kind === 'returned').map(({ text }) => text);
  const copies = [...returned, copyOf(parts)].map((text) => parseHeader(headerOf(text)));
  const values = [
    ...OWN_IDS.flatMap((name) => copies.map((copy) => fieldOf(copy, name))),
    ...statuses.map(({ message }) => fieldOf(message, 'x-original-message-id')),
    ...REPORT_IDS.map((name) => fieldOf(header, name)),
  ];
  const found = values.flatMap((value) => value?.match(/<[^<>\s]{1,998}>/g) ?? []);
  return [...new Set(found)].slice(0, MOST_MESSAGE_IDS);
}

/** The header of an email that came back; before it may stand lines of the report and empty ones. */
function headerOf(text: string): string {
  const start = /^[!-9;-~]+:[ \t]/m.exec(text)?.index ?? 0;
  const header = text.slice(start);
  return header.slice(0, /\r?\n[ \t]*\r?\n/.exec(header)?.index ?? header.length);
}
