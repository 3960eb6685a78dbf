import type { RecipientOutcome } from '@exact/host-contracts';
import { useEffect } from 'react';
import type { OutboxMessage } from '../../api/answers.js';
import { useHost } from '../api/host-context.js';
import type { HostConnection } from '../api/host-connection.js';
import { useLive } from '../api/use-live.js';
import { Button } from '../common/button.js';
import { FailureCard } from '../common/failure-card.js';
import { formatClock, formatSize, formatTime } from '../common/format.js';
import { useReport } from '../common/reports.js';
import { useAction } from '../common/use-action.js';
import { WhyNothingLeaves } from '../health/service-failure-card.js';
import { DeliveryNewsCards } from './delivery-news-cards.js';
import { recipientsWith } from './delivery-news.js';
import { HeaderRows } from './message-header.js';
import { CAME_BACK, describeDecision, describeState, EXPLANATIONS } from './outbox-states.js';
import { saveDownload } from '../common/save-download.js';

/** An email of the outbox: where it stands and what a person can do about it. */
export function OutboxReader({ id }: { id: number }) {
  const email = useLive('outbox.read', { id }, ['outbox']);
  useSeen(email);
  if (email === undefined) return null;
  if (email === null) return <p className="empty">This email is not there any more.</p>;
  return (
    <article className="reader" aria-label="Message">
      <header>
        <h3 className="subject">{email.subject === '' ? 'No subject' : email.subject}</h3>
        <HeaderRows rows={headerRows(email)} />
      </header>
      <Why email={email} />
      <Decisions email={email} />
      <pre className="plain-text">{email.text}</pre>
      <SentAttachments email={email} />
    </article>
  );
}

/** Who opens what came back has seen it. */
function useSeen(email: OutboxMessage | null | undefined): void {
  const host = useHost();
  const report = useReport();
  const id = email?.isNews ? email.id : undefined;
  useEffect(() => {
    if (id !== undefined) host.call('outbox.mark-seen', { ids: [id] }).catch(report);
  }, [host, report, id]);
}

function headerRows(email: OutboxMessage): readonly (readonly [string, string])[] {
  return [
    ['To', email.recipients.map(describeRecipient).join(', ')],
    ['State', describeState({ ...email, ...(email.failure && { failure: email.failure }) })],
    ['Written', `${formatTime(email.queuedAt)} by ${email.queuedBy}`],
    ...(email.decided ? [describeDecision(email.decided)] : []),
    ...(email.sentAt === undefined
      ? []
      : [[email.state === 'sent' ? 'Sent' : 'Sent before', formatTime(email.sentAt)] as const]),
    ...(email.patient ? [['Patient', email.patient.name] as const] : []),
  ];
}

function describeRecipient({ address, outcome, news }: RecipientOutcome): string {
  if (outcome === 'refused') return `${address} (did not get it)`;
  if (!news) return address;
  return news.result === 'failed' ? `${address} (did not arrive)` : `${address} (late)`;
}

/** Why it stands here, and why each recipient that was refused did not get it, where that is another reason. */
function Why({ email }: { email: OutboxMessage }) {
  const again = triedWithEmail(email);
  const refused = email.recipients.filter(({ failure }) => failure && failure.code !== email.failure?.code);
  return (
    <>
      {email.state === 'queued' && !email.failure && <WhyNothingLeaves />}
      {email.failure && <FailureCard failure={email.failure} severity="warning" again={again} />}
      <DeliveryNewsCards email={email} />
      {refused.map(
        ({ address, failure }) =>
          failure && (
            <section key={address} aria-label={`${address} did not get it`}>
              <h4>{address} did not get it</h4>
              <FailureCard failure={failure} severity="warning" again={again} />
            </section>
          ),
      )}
    </>
  );
}

function triedWithEmail({ state, notBefore }: OutboxMessage): string | undefined {
  if (state === 'failed') return 'EXACT does not send it again before you press Reset.';
  if (state !== 'queued') return undefined;
  return notBefore === undefined ? 'EXACT tries again by itself.' : `EXACT tries again at ${formatClock(notBefore)}.`;
}

type Step = { readonly label: string; readonly take: (host: HostConnection, id: number) => Promise<unknown> };

const RELEASE: Step = { label: 'Release', take: (host, id) => host.call('outbox.release', { ids: [id] }) };
const STOP: Step = { label: 'Stop', take: (host, id) => host.call('outbox.stop', { ids: [id] }) };
const RESET: Step = { label: 'Reset', take: (host, id) => host.call('outbox.reset', { ids: [id] }) };
const ARRIVED: Step = {
  label: 'It arrived',
  take: (host, id) => host.call('outbox.decide', { id, decision: 'arrived' }),
};
const SEND_AGAIN: Step = {
  label: 'Send again',
  take: (host, id) => host.call('outbox.decide', { id, decision: 'send-again' }),
};

const STEPS: Partial<Readonly<Record<OutboxMessage['state'], readonly Step[]>>> = {
  queued: [STOP],
  held: [RELEASE, STOP],
  failed: [RESET],
  uncertain: [ARRIVED, SEND_AGAIN],
};

function Decisions({ email }: { email: OutboxMessage }) {
  const host = useHost();
  const { busy, run } = useAction();
  const hasComeBack = email.state === 'sent' && recipientsWith(email, 'failed').length > 0;
  const explanation = hasComeBack ? CAME_BACK : EXPLANATIONS[email.state];
  const steps = hasComeBack ? [RESET] : (STEPS[email.state] ?? []);
  return (
    <>
      {explanation !== undefined && <p className="hint">{explanation}</p>}
      <div className="button-row">
        {steps.map(({ label, take }) => (
          <Button
            key={label}
            disabled={busy}
            onPress={() => {
              run(async () => {
                await take(host, email.id);
              });
            }}
          >
            {label}
          </Button>
        ))}
      </div>
    </>
  );
}

function SentAttachments({ email }: { email: OutboxMessage }) {
  const host = useHost();
  const { busy, run } = useAction();
  if (email.attachments.length === 0) return null;
  return (
    <section aria-label="Attachments">
      <h4>Attachments</h4>
      <ul className="attachments">
        {email.attachments.map(({ name, size }, position) => (
          <li key={position}>
            {name} <span className="hint">{formatSize(size)}</span>
            <Button
              look="quiet"
              disabled={busy}
              label={`Save ${name}`}
              onPress={() => {
                const path = `/api/outbox/${email.id.toString()}/attachments/${position.toString()}`;
                run(() => saveDownload(host, path, name));
              }}
            >
              Save
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
