import { ApiFailure } from '../app/api-failure.ts'
import type { Refusal } from '../device/cloud-files.ts'
import { isNetworkFailure } from '../device/network-failure.ts'

/** As a phone's network is reported by the cloud's client. */
const NETWORK_ERROR = -601001

/**
 * What the cloud answers, over a network that may fail.
 * @throws ApiFailure with the `errCode` of a refusal, or of a missing network
 */
export async function answerOf<Answer extends object>(
  call: Promise<Answer | Refusal>,
): Promise<Exclude<Answer, Refusal>> {
  const answer = await call.catch((error: unknown) => {
    if (!isNetworkFailure(error)) throw error
    throw new ApiFailure(`request:fail -2:${error.message}`, { errCode: NETWORK_ERROR })
  })
  if ('errCode' in answer) throw new ApiFailure(answer.errMsg, { errCode: answer.errCode })
  return answer as Exclude<Answer, Refusal>
}
