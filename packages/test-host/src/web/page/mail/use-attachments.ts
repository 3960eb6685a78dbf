import type { ProviderLimits } from '@exact/host-contracts';
import { useState } from 'react';
import type { UploadedAttachment } from '../../api/answers.js';
import { refusedFile } from '../../api/email-limits.js';
import { useHost } from '../api/host-context.js';

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
    ids: list.map(({ id }) => id),
    remove,
    /** One sentence for each file that the provider would not take with the email; the others are attached. */
    async add(files: readonly File[], limits: ProviderLimits): Promise<readonly string[]> {
      const sizes = list.map(({ size }) => size);
      const problems: string[] = [];
      for (const file of files) {
        const problem = refusedFile(file, { text: 0, attachments: sizes }, limits);
        if (problem !== undefined) {
          problems.push(problem);
          continue;
        }
        const added = await host.upload(file);
        sizes.push(added.size);
        setList((before) => [...before, added]);
      }
      return problems;
    },
    /** Those of a received message. One sentence for each that is left out. */
    async addReceived(id: number): Promise<readonly string[]> {
      const { added, problems } = await host.call('attachment.add-received', { id });
      setList((before) => [...before, ...added]);
      return problems;
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
