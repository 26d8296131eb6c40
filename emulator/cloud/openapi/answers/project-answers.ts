import type { OpenApiCall, OpenApiHandler } from '../openapi.ts'

/**
 * An answer of a project to an api: the data in WeChat's names (snake_case), a promise of it, or an error. It replaces
 * the emulator's own.
 * @param parameters as WeChat gets them: names in snake_case, bytes of files as Buffers
 */
export type ProjectAnswer = (
  parameters: Record<string, unknown>,
  call: OpenApiCall,
) => ProjectResult | Promise<ProjectResult>

/** WeChat's JSON, where a missing `errcode` is 0; or a file: `contentType` and `bytes`. */
export type ProjectResult = Record<string, unknown> | undefined

/** @param answers by name, such as `ocr.idcard` or `cloudPay.unifiedOrder` */
export function projectAnswers(
  answers: Readonly<Record<string, ProjectAnswer>>,
): Readonly<Record<string, OpenApiHandler>> {
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, handlerOf(name, answer)]))
}

function handlerOf(name: string, answer: ProjectAnswer): OpenApiHandler {
  return async (parameters, call) => {
    try {
      const result = (await answer(parameters, call)) ?? {}
      const { contentType, bytes } = result
      if (bytes instanceof Uint8Array)
        return { contentType: String(contentType ?? 'application/octet-stream'), bytes }
      return { ...result, errcode: Number(result['errcode'] ?? 0), errmsg: String(result['errmsg'] ?? 'ok') }
    } catch (error) {
      call.log(`emulator.config openapi ${name}: ${String(error)}`)
      const { errcode, errCode, message } = error as {
        errcode?: unknown
        errCode?: unknown
        message?: unknown
      }
      return { errcode: Number(errcode ?? errCode ?? -1), errmsg: String(message ?? error) }
    }
  }
}
