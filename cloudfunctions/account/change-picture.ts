import type { UserInfo } from '../../contract/user-info.ts'
import { AppError } from '../shared/core/app-error.ts'
import { log } from '../shared/core/log.ts'
import { command as _ } from '../shared/database/database.ts'
import { writeFile } from '../shared/database/files.ts'
import { type LoggedIn, requireLogin } from '../shared/handlers/guard.ts'
import type { Call } from '../shared/request/call.ts'
import { pathOf, removeAvatars } from '../shared/users/avatars.ts'
import { type User, userInfoOf } from '../shared/users/user.ts'
import { changeLoggedIn } from '../shared/users/users.ts'
import type { CheckedAvatar } from './check-avatar.ts'
import { reservePicture, saveFileId, unsettleAvatar } from './reservations.ts'

/** How many concurrent changes of one picture a change waits for: each must see the one before it. */
const MOST_TRIES = 3

/**
 * Stores the checked bytes as a file that clients cannot write, makes it the user's picture, and deletes the upload and
 * the previous picture. Each change replaces exactly the picture it has read, so several at once leave no file behind.
 * @param rest the other changes of the profile
 * @param upload undefined to remove the picture
 * @throws AppError as the guard does, DATABASE_UNAVAILABLE, TIMEOUT
 */
export async function changePicture(
  call: Call,
  login: LoggedIn,
  rest: { nickname?: string },
  upload: CheckedAvatar | undefined,
): Promise<UserInfo> {
  const avatar = upload ? await store(call, login.user, upload) : ''
  // The timer deletes a file that no document names: a write that failed may have taken effect.
  const { before, isDeletable } = await replace(call, login, { ...rest, avatar })
  const leftOver = [
    ...(upload ? [avatar.slice(0, -(pathOf(avatar)?.length ?? 0)) + upload.path] : []),
    ...(isDeletable ? [before.avatar] : []),
  ]
  if (leftOver.length > 0) await deleteFiles(call, leftOver)
  return userInfoOf({ ...before, ...rest, avatar })
}

/** Four sequential round trips. */
async function store(call: Call, user: User, { path, content }: CheckedAvatar): Promise<string> {
  const picture = await reservePicture(call, user, path)
  const fileId = await writeFile(call.budget, picture, content)
  await saveFileId(call, picture, fileId)
  return fileId
}

interface Replacement {
  /** The user before the change. */
  before: User
  /** Whether the previous picture may be deleted now. */
  isDeletable: boolean
}

async function replace(
  call: Call,
  { user, claims }: LoggedIn,
  change: { avatar: string },
): Promise<Replacement> {
  let before = user
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    // Before the change, so that the old file is found if the change breaks off right after it.
    const isDeletable = before.avatar !== '' && (await unsettleAvatar(call, before.avatar))
    if (await changeLoggedIn(call, claims.sessionId, change, hasPicture(before)))
      return { before, isDeletable }
    before = (await requireLogin(call)).user
  }
  throw new AppError('DATABASE_UNAVAILABLE', { log: 'the user changed while the picture was' })
}

function hasPicture({ avatar }: User): object {
  return avatar === '' ? { avatar: _.in(['', null]) } : { avatar }
}

/** The user has the new picture already, so a failure is logged, and `cleanup` deletes the files. */
async function deleteFiles(call: Call, fileIds: readonly string[]): Promise<void> {
  try {
    await removeAvatars(call, fileIds)
  } catch (error) {
    const { functionName, requestId } = call
    const reason = error instanceof AppError ? error.reason : 'INTERNAL'
    log('warn', { function: functionName, requestId, reason, detail: 'an old avatar is left to cleanup' })
  }
}
