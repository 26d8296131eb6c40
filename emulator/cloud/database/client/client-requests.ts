import { invalidParameter } from '../../errors.ts'
import type { Access } from '../access/access.ts'
import type { CommittedState } from '../access/committed-state.ts'
import { ACTIONS, READING_ACTIONS } from '../commands/actions.ts'
import type { CommandHandler } from '../commands/command-handler.ts'
import { authorize } from './authorize.ts'
import { ClientBody } from './client-body.ts'
import { watchDocuments } from './watch-documents.ts'

/** The requests of mini-programs: those of the SDK that need no transaction, under the permission of the collection. */
export class ClientRequests {
  readonly #commands: CommandHandler
  readonly #committed: CommittedState

  constructor(commands: CommandHandler, committed: CommittedState) {
    this.#commands = commands
    this.#committed = committed
  }

  /** As `Database.handleForClient`. */
  handle(action: string, fields: Record<string, unknown>, openid: string): Promise<Record<string, unknown>> {
    return this.#commands.whenUnlocked(
      (now) => this.#answer(action, new ClientBody(fields, { now }, openid), now),
      { kind: 'client', openid },
    )
  }

  #answer(name: string, body: ClientBody, now: number): Record<string, unknown> {
    const action = name === 'database.watchDocuments' ? watchDocuments : ACTIONS.get(name)
    if (!action) throw invalidParameter(`${name.slice(0, 100)} is for cloud functions only`)
    const run = (access: Access) => {
      authorize(access, name, body, now)
      return action(access, body, now)
    }
    // Not watched: the platform has an index on `_openid` and on `_id`.
    if (action === watchDocuments || READING_ACTIONS.has(name)) return { data: run(this.#committed.access()) }
    return { data: this.#committed.write(run) }
  }
}
