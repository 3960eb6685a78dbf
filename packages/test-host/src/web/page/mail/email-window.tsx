import { Tabs } from '@base-ui/react/tabs';
import { useState } from 'react';
import type { EmailService } from '../../api/host-types.js';
import { useHost } from '../api/host-context.js';
import { Button } from '../common/button.js';
import { CommandMessage } from '../common/command-message.js';
import { formatCount } from '../common/format.js';
import { useAction } from '../common/use-action.js';
import { useCommand } from '../common/use-command.js';
import { Window } from '../windows/window.js';
import { ComposeWindow } from './compose-window.js';
import { EMPTY_DRAFT, type DraftOpening } from './draft.js';
import { FOLDERS, type Folder } from './folders.js';
import { InboxTab } from './inbox-tab.js';
import { OutboxTab, type OutboxOpening } from './outbox-tab.js';
import { UndeliveredNotice } from './undelivered-notice.js';

/** File > Email. It does not block the rest of the host: mail is read while other work goes on. */
export function EmailWindow({ service, onClose }: { service: EmailService | undefined; onClose: () => void }) {
  const [tab, setTab] = useState<Folder>('inbox');
  const [draft, setDraft] = useState<DraftOpening>();
  const [opening, setOpening] = useState<OutboxOpening>();
  const own = service && [service.address ?? []].flat();
  const showSent = (shown: OutboxOpening): void => {
    setOpening(shown);
    setTab('sent');
  };
  return (
    <Window title="Email" size="large" isBlocking={false} onClose={onClose}>
      <Toolbar
        onNew={() => {
          setDraft(EMPTY_DRAFT);
        }}
        onClose={onClose}
      />
      {service?.state === 'off' && (
        <p className="card info">Email is off. It is set up under Configure &gt; Email and SMS Setup.</p>
      )}
      <NotReceivedYet service={service} />
      <UndeliveredNotice
        onShow={() => {
          showSent({ view: 'undelivered' });
        }}
      />
      <Tabs.Root
        className="tabs"
        value={tab}
        onValueChange={(value: Folder) => {
          setOpening(undefined);
          setTab(value);
        }}
      >
        <Tabs.List className="tab-list" aria-label="Folders">
          {FOLDERS.map(({ folder, title }) => (
            <Tabs.Tab key={folder} value={folder} className="tab">
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <FolderPanels opening={opening} own={own} onAnswer={setDraft} onShowSent={showSent} />
      </Tabs.Root>
      {draft && (
        <ComposeWindow
          opening={draft}
          onClose={() => {
            setDraft(undefined);
          }}
        />
      )}
    </Window>
  );
}

/** What the server has and does not give out. */
function NotReceivedYet({ service }: { service: EmailService | undefined }) {
  const count = service?.reports.find(({ part }) => part === 'receive')?.setAside ?? 0;
  if (count === 0) return null;
  return (
    <p className="card info">
      {`${formatCount(count, 'email', 'emails')} could not be received yet: Microsoft does not hand ${count === 1 ? 'it' : 'them'} over. EXACT asks again at each check; until then ${count === 1 ? 'it' : 'they'} can be read in Outlook.`}
    </p>
  );
}

function FolderPanels(props: {
  readonly opening: OutboxOpening | undefined;
  readonly own: readonly string[] | undefined;
  readonly onAnswer: (opening: DraftOpening) => void;
  readonly onShowSent: (opening: OutboxOpening) => void;
}) {
  const { opening, own, onAnswer, onShowSent } = props;
  return FOLDERS.map(({ folder }) => (
    <Tabs.Panel key={folder} value={folder} className="tab-panel">
      {folder === 'inbox' || folder === 'deleted' ? (
        <InboxTab
          folder={folder}
          own={own}
          onAnswer={onAnswer}
          onShowSent={(email) => {
            onShowSent({ view: 'sent', email });
          }}
        />
      ) : (
        <OutboxTab key={JSON.stringify(opening)} folder={folder} opening={folder === 'sent' ? opening : undefined} />
      )}
    </Tabs.Panel>
  ));
}

function Toolbar({ onNew, onClose }: { onNew: () => void; onClose: () => void }) {
  const host = useHost();
  const command = useCommand();
  const { busy, run } = useAction();
  const [message, setMessage] = useState('');
  const reset = async (): Promise<void> => {
    const { reset: count } = await host.call('outbox.reset-failed', {});
    setMessage(count === 0 ? 'No email has failed.' : `${formatCount(count, 'email', 'emails')} will be sent again.`);
  };
  return (
    <>
      <div className="toolbar">
        <Button look="main" onPress={onNew}>
          New email
        </Button>
        <Button
          disabled={command.busy}
          onPress={() => {
            command.run('email.send-receive');
          }}
        >
          Send/Receive
        </Button>
        <Button
          disabled={busy}
          onPress={() => {
            run(reset);
          }}
        >
          Reset failed messages
        </Button>
        <span className="hint toolbar-message" aria-live="polite">
          {message}
        </span>
        <Button onPress={onClose}>Close</Button>
      </div>
      <CommandMessage outcome={command.outcome} />
    </>
  );
}
