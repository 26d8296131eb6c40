import type { TransferRequest } from '../../../contract/transfer'
import { sameLogin } from '../storage/login-epoch'
import { confirm } from '../ui/confirm'
import { openTransferPage } from '../ui/navigation'
import { TRANSFER_TEXTS } from '../ui/texts'

/** The question that was shown last since the mini-program was started. */
let shown: string | undefined

/**
 * Tells the user, once a launch, that another WeChat account asks for what this one holds. The page behind it takes the
 * answer: a dialog that is closed by a gesture is none.
 */
export async function showTransferRequest(request: TransferRequest | undefined): Promise<void> {
  if (!request || request.id === shown) return
  shown = request.id
  const isCurrent = sameLogin()
  if ((await confirm(TRANSFER_TEXTS)) && isCurrent()) openTransferPage()
}
