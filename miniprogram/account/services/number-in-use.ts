import { sameLogin } from '../../auth/storage/login-epoch'
import { confirm } from '../../auth/ui/confirm'
import { openTransferPage } from '../../auth/ui/navigation'
import { TEXTS } from '../utils/texts'

/**
 * Tells the user that WeChat vouched for their number before, with another WeChat account. To ask for that account is
 * theirs: they may as well be the new owner of the number. Says nothing about the other account.
 */
export async function tellNumberInUse(): Promise<void> {
  const { title, content, find: confirmText, later: cancelText } = TEXTS.numberInUse
  const isCurrent = sameLogin()
  if ((await confirm({ title, content, confirmText, cancelText })) && isCurrent()) openTransferPage()
}
