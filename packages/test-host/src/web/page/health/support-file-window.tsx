import { useEffect, useId, useState } from 'react';
import type { SupportFile } from '../../api/host-types.js';
import { useHost } from '../api/host-context.js';
import { Button } from '../common/button.js';
import { useReport } from '../common/reports.js';
import { saveText } from '../common/save-download.js';
import { WindowButtons } from '../windows/window-buttons.js';
import { Window } from '../windows/window.js';

/** What goes to support, whole, before it is saved. Nothing is sent from here. */
export function SupportFileWindow({ onClose }: { onClose: () => void }) {
  const file = useSupportFile();
  const label = useId();
  return (
    <Window title="Support file" size="large" onClose={onClose}>
      <div className="window-body support-file">
        <p id={label}>This is all that the file holds.</p>
        <p className="hint">
          No email, no name of a patient, no address and no password is in it. Save it and send it to EXACT support.
        </p>
        {file ? (
          <textarea className="support-text" aria-labelledby={label} readOnly value={file.text} />
        ) : (
          <p role="status">EXACT looks how email fares …</p>
        )}
      </div>
      <WindowButtons>
        <Button
          look="main"
          disabled={file === undefined}
          onPress={() => {
            if (file) saveText(file.text, file.name);
          }}
        >
          Save
        </Button>
        <Button onPress={onClose}>Close</Button>
      </WindowButtons>
    </Window>
  );
}

/** Written once, when the window opens: what is saved is what was read. */
function useSupportFile(): SupportFile | undefined {
  const host = useHost();
  const report = useReport();
  const [file, setFile] = useState<SupportFile>();
  useEffect(() => {
    let isOpen = true;
    host.call('support.file', {}).then((written) => {
      if (isOpen) setFile(written);
    }, report);
    return () => {
      isOpen = false;
    };
  }, [host, report]);
  return file;
}
