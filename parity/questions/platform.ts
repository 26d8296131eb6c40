import type { Question } from '../core/question.ts'
import { CALL_QUESTIONS } from './call/calls.ts'
import { CONTEXT_QUESTIONS } from './context/contexts.ts'
import { ENVIRONMENT_QUESTIONS } from './environment/variables.ts'
import { INSTANCE_QUESTIONS } from './instance/instances.ts'
import { MEMORY_QUESTIONS } from './memory/memories.ts'
import { OPENAPI_QUESTIONS } from './openapi/wechat.ts'
import { FEATURE_QUESTIONS } from './runtime/features.ts'
import { LIBRARY_QUESTIONS } from './runtime/libraries.ts'
import { SDK_QUESTIONS } from './sdk/sdk.ts'
import { ADDRESS_QUESTIONS } from './storage/addresses.ts'
import { DELETION_QUESTIONS } from './storage/deletions.ts'
import { UPLOAD_QUESTIONS } from './storage/uploads.ts'
import { LIMIT_BEGINS, LIMIT_ENDS, TIME_QUESTIONS } from './time/times.ts'
import { TIMER_QUESTIONS } from './timer/timers.ts'

/**
 * What is not about the database. Those about what is left between calls come first, while there is one instance; a timer has
 * until the last ones to call.
 */
export const PLATFORM_QUESTIONS: readonly Question[] = [
  ...INSTANCE_QUESTIONS,
  ...LIMIT_BEGINS,
  ...CONTEXT_QUESTIONS,
  ...ENVIRONMENT_QUESTIONS,
  ...FEATURE_QUESTIONS,
  ...LIBRARY_QUESTIONS,
  ...UPLOAD_QUESTIONS,
  ...ADDRESS_QUESTIONS,
  ...DELETION_QUESTIONS,
  ...OPENAPI_QUESTIONS,
  ...SDK_QUESTIONS,
  ...TIME_QUESTIONS,
  ...CALL_QUESTIONS,
  ...MEMORY_QUESTIONS,
  ...LIMIT_ENDS,
  ...TIMER_QUESTIONS,
]
