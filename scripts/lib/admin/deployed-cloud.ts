import { adviceFor } from '../deployment/failure.ts'
import { invokeFunction } from '../deployment/invoke-function.ts'
import { type AdminCloud, AdminFailure } from './admin-cloud.ts'
import type { Variables } from './admin-token.ts'
import { answerIn } from './printed-answer.ts'

/**
 * The cloud of the deployment, by the CloudBase CLI that is signed in to it on this machine.
 * @param cloudEnv the environment's id
 * @param variables LOGIN_SECRETS and INDEX_SECRET of the deployment
 */
export function deployedCloud(cloudEnv: string, variables: Variables): AdminCloud {
  return {
    variables,
    now: async () => Date.now(),
    invoke: (event) => invoke(cloudEnv, event),
  }
}

async function invoke(cloudEnv: string, event: object) {
  const { code, output } = await invokeFunction(cloudEnv, 'admin', event)
  const result = answerIn(output)
  // What the CLI has printed is not shown: it may hold the log of the function.
  if (!result) throw new AdminFailure(`没有取到答案（${code}） · no answer → ${adviceFor(output)}`)
  return { result }
}
