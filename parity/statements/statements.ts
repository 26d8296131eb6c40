import { DATABASE_STATEMENTS } from './database.ts'
import { DEPLOYMENT_STATEMENTS } from './deployment.ts'
import { FUNCTION_STATEMENTS } from './functions.ts'
import { PHONE_STATEMENTS } from './phone.ts'
import type { StatementGroup } from './statement.ts'
import { STORAGE_STATEMENTS } from './storage.ts'
import { WECHAT_STATEMENTS } from './wechat.ts'

/** All rows of `docs/en/parity.md`. */
export const STATEMENT_GROUPS: readonly StatementGroup[] = [
  FUNCTION_STATEMENTS,
  DATABASE_STATEMENTS,
  STORAGE_STATEMENTS,
  WECHAT_STATEMENTS,
  PHONE_STATEMENTS,
  DEPLOYMENT_STATEMENTS,
]
