import type { RequestOf } from '../../contract/functions.ts'
import { anyone } from '../shared/handlers/anyone.ts'
import { authenticated } from '../shared/handlers/authenticated.ts'
import { byAction } from '../shared/handlers/by-action.ts'
import { limited } from '../shared/handlers/limited.ts'
import { serve } from '../shared/handlers/serve.ts'
import { answerTransfer, answerTransferInput } from './answer-transfer.ts'
import { cancelTransfer, cancelTransferInput } from './cancel-transfer.ts'
import { changePhone, changePhoneInput, limitOf, readBefore } from './change-phone.ts'
import { closeAccount, closeInput } from './close-account.ts'
import { exportAccount, exportInput } from './export-account.ts'
import { getAccount, getInput } from './get-account.ts'
import { listSessions, sessionsInput } from './list-sessions.ts'
import { requestTransfer, requestTransferInput } from './request-transfer.ts'
import { transferState, transferStateInput } from './transfer-state.ts'
import {
  avatarUpload,
  avatarUploadInput,
  findPathsToWithdraw,
  updateInput,
  updateProfile,
} from './update-profile.ts'

/** The actions of a person on their own account. */
export const main = serve(
  'account',
  byAction<RequestOf<'account'>['action'], object>({
    get: authenticated(getInput, getAccount),
    update: limited('update', updateInput, updateProfile),
    avatarUpload: limited('avatarUpload', avatarUploadInput, avatarUpload, findPathsToWithdraw),
    changePhone: limited(limitOf, changePhoneInput, changePhone, readBefore),
    sessions: authenticated(sessionsInput, listSessions),
    export: limited('export', exportInput, exportAccount),
    requestTransfer: limited('transfer', requestTransferInput, requestTransfer),
    transferState: authenticated(transferStateInput, transferState),
    cancelTransfer: authenticated(cancelTransferInput, cancelTransfer),
    // For anyone: it must also finish a move that broke off, when no session exists any more.
    answerTransfer: anyone(answerTransferInput, answerTransfer),
    // For anyone: it must also finish a deletion that broke off, when no session exists any more.
    close: anyone(closeInput, closeAccount),
  }),
)
