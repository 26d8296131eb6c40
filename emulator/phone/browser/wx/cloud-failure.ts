import type { StorageRefusal } from '../../../control/storage.ts'
import { isNetworkFailure } from '../device/network-failure.ts'
import { ApiFailure } from '../services/api-failure.ts'

/** WeChat's code for a call without a network. */
const NETWORK_ERROR = -601001

/**
 * Waits for an answer of the cloud.
 * @throws ApiFailure with the `errCode` of an error answer, or of a missing network
 */
export async function requireAnswer<Answer extends object>(
  call: Promise<Answer | StorageRefusal>,
): Promise<Exclude<Answer, StorageRefusal>> {
  const answer = await call.catch((error: unknown) => {
    if (!isNetworkFailure(error)) throw error
    throw new ApiFailure(`request:fail -2:${error.message}`, { errCode: NETWORK_ERROR })
  })
  if ('errCode' in answer) throw new ApiFailure(answer.errMsg, { errCode: answer.errCode })
  return answer as Exclude<Answer, StorageRefusal>
}
