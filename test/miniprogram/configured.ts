import { appConfig } from '../../miniprogram/app-config.ts'
import { configureAuth } from '../../miniprogram/auth/config.ts'

// What app.ts does first. Modules of the account's pages read the configuration when they are loaded.
configureAuth(appConfig)
