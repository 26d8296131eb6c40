import { userIdOf } from '../../../cloudfunctions/shared/crypto/user-id.ts'
import type { ImportTarget } from '../../../cloudfunctions/shared/import/imported-user.ts'
import { fail } from '../project.ts'
import { readExport } from './export-file.ts'

/**
 * The ids of an export of the present `users`. Ends the program with one line for another collection's export, and for ids
 * that were made with another appid or INDEX_SECRET: the import would then make users whom nobody can log in as.
 * @throws MalformedExport
 */
export async function readExistingIds(
  file: string,
  { keys, appid }: Pick<ImportTarget, 'keys' | 'appid'>,
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  let [all, compared, matching] = [0, 0, 0]
  for await (const { document } of readExport(file)) {
    all += 1
    const { _id, openid } = document
    if (typeof _id !== 'string') continue
    ids.add(_id)
    if (typeof openid !== 'string') continue
    compared += 1
    if (userIdOf(keys.userId, appid, openid) === _id) matching += 1
  }
  if (all > 0 && compared === 0) {
    fail(
      `${file}: 不是 users 的导出，没有 openid，没有写入文件 · is no export of users: it has no openid; no file was written`,
    )
  }
  if (compared > 0 && matching === 0) {
    fail(
      `${file}: 现有用户的编号不是用这个 appid 和 INDEX_SECRET 算出的，没有写入文件 · the ids of the present users were made with another appid or INDEX_SECRET; no file was written`,
    )
  }
  return ids
}
