import { useState } from 'react';
import type { UploadedAttachment } from '../../api/answers.js';
import { ATTACHMENTS_LIMIT } from '../../api/page-events.js';
import { useHost } from '../api/host-context.js';
import { CallError } from '../api/host-connection.js';

/** The attachments of the email that is being written. They wait on the server until it is sent. */
export function useAttachments() {
  const host = useHost();
  const [list, setList] = useState<readonly UploadedAttachment[]>([]);
  const remove = async (id: string): Promise<void> => {
    await host.call('attachment.remove', { attachment: id });
    setList((before) => before.filter((each) => each.id !== id));
  };
  return {
    list,
    remove,
    /** Throws a `CallError` at the first file that can't be attached; those before it stay. */
    async add(files: readonly File[]): Promise<void> {
      for (const file of files) {
        if (file.size > ATTACHMENTS_LIMIT) {
          throw new CallError(`“${file.name}” was not attached: the attachments of an email may have 25 MB together.`);
        }
        const added = await host.upload(file);
        setList((before) => [...before, added]);
      }
    },
    /** The server has lost them. */
    forget(): void {
      setList([]);
    },
    async discard(): Promise<void> {
      await Promise.all(list.map(({ id }) => host.call('attachment.remove', { attachment: id })));
    },
  };
}
