import { showTitle } from '../../../auth/ui/title'
import { userAgreement } from '../../legal/user-agreement'
import { TEXTS } from '../../utils/texts'

Page({
  data: { document: userAgreement },

  onReady() {
    showTitle(TEXTS.titles.agreement)
  },
})
