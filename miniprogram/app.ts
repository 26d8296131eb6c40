import { appConfig } from './app-config'
import { configureAuth, startAuth } from './auth/index'

configureAuth(appConfig)

App({
  onLaunch: () => startAuth(),
})
