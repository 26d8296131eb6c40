import { login } from '../../session/require-login'
import { COMMON_TEXTS } from '../../ui/texts'

/** What a page that needs a login shows without one. The page hears of the login itself, by `watchLogin`. */
Component({
  properties: {
    text: { type: String, value: '' },
    icon: { type: String, value: '/auth/images/person.svg' },
  },
  data: { login: COMMON_TEXTS.toLogin, asking: false },
  methods: {
    async onLogin() {
      this.setData({ asking: true })
      await login()
      this.setData({ asking: false })
    },
  },
})
