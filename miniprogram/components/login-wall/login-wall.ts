import { requireLogin } from '../../services/session'
import { TEXTS } from '../../utils/texts'

/** What a page that needs a login shows without one. The page hears of the login itself, by `watchLogin`. */
Component({
  properties: {
    text: { type: String, value: '' },
    icon: { type: String, value: '/images/person.svg' },
  },
  data: { texts: TEXTS.loginWall, asking: false },
  methods: {
    async onLogin() {
      this.setData({ asking: true })
      await requireLogin(() => {})
      this.setData({ asking: false })
    },
  },
})
