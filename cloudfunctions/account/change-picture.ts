import type { UserInfo } from '../../contract/user-info.ts'
import { AppError } from '../shared/app-error.ts'
import { noteFile, pathOf, removeAvatars, reservePicture, unsettleAvatar } from '../shared/avatars.ts'
import type { Call } from '../shared/call.ts'
import { command as _ } from '../shared/database.ts'
import { writeFile } from '../shared/files.ts'
import { type LoggedIn, requireLogin } from '../shared/guard.ts'
import { log } from '../shared/log.ts'
import { type User, userInfoOf } from '../shared/user.ts'
import { changeLoggedIn } from '../shared/users.ts'
import type { CheckedAvatar } from './check-avatar.ts'

/** Changes of one picture at once that are waited for; each has to see the one before it. */
const MOST_TRIES = 3

/**
 * Stores the bytes that were checked as a file of the functions' own, makes that the user's picture, and deletes the
 * upload and the picture before. Each change replaces exactly the picture it has seen, so of several at once none leaves
 * a file behind.
 * @param rest what else of the profile changes with it
 * @param upload undefined to take the picture away
 * @throws AppError as the guard does, DATABASE_UNAVAILABLE, TIMEOUT
 */
export async function changePicture(
  call: Call,
  login: LoggedIn,
  rest: { nickname?: string },
  upload: CheckedAvatar | undefined,
): Promise<UserInfo> {
  const avatar = upload ? await store(call, login.user, upload) : ''
  // A file that no document comes to name is deleted by the timer: whether a write that failed was done is not known.
  const { before, isDeletable } = await replace(call, login, { ...rest, avatar })
  const leftOver = [
    ...(upload ? [avatar.slice(0, -(pathOf(avatar)?.length ?? 0)) + upload.path] : []),
    ...(isDeletable ? [before.avatar] : []),
  ]
  if (leftOver.length > 0) await tidy(call, leftOver)
  return userInfoOf({ ...before, ...rest, avatar })
}

/** Four sequential round trips. */
async function store(call: Call, user: User, { path, content }: CheckedAvatar): Promise<string> {
  const picture = await reservePicture(call, user, path)
  const fileId = await writeFile(call.budget, picture, content)
  await noteFile(call, picture, fileId)
  return fileId
}

interface Replaced {
  /** The user as they were. */
  before: User
  /** Whether the picture before is one of ours, which goes now. */
  isDeletable: boolean
}

async function replace(
  call: Call,
  { user, claims }: LoggedIn,
  change: { avatar: string },
): Promise<Replaced> {
  let before = user
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    // Before it is replaced: should this break off right after, the old file is found.
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

/** What fails here is made good by `cleanup`: the user has the new picture already. */
async function tidy(call: Call, fileIds: readonly string[]): Promise<void> {
  try {
    await removeAvatars(call, fileIds)
  } catch (error) {
    const { functionName, requestId } = call
    const reason = error instanceof AppError ? error.reason : 'INTERNAL'
    log('warn', { function: functionName, requestId, reason, detail: 'an old avatar is left to cleanup' })
  }
}
