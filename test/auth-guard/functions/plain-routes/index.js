// Routes with tcb-router: one for everybody, the others for logged-in users.
const TcbRouter = require('tcb-router')
const { guardMiddleware, Refusal } = require('./auth-guard')

exports.main = async (event) => {
  const app = new TcbRouter({ event })

  app.router('open', async (ctx) => {
    ctx.body = { code: 200, data: 'for everybody' }
  })
  app.router('mine', guardMiddleware, async (ctx, next) => {
    ctx.body = { userId: ctx.login.userId, event: ctx._req.event }
    await next()
  })
  app.router(['refused', 'broken'], guardMiddleware, async (ctx, next) => {
    if (ctx._req.url === 'refused') throw new Refusal('NOT_FOUND')
    await next()
  })
  app.router('broken', () => {
    throw new Error('number 13800138000')
  })

  return app.serve()
}
