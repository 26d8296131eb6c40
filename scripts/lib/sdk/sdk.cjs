/** The source of `sdk.js`: the packages for the functions, and the modules loaded here for the files of lazy modules. */
exports.cloud = require('wx-server-sdk')
exports.jsonwebtoken = require('jsonwebtoken')
exports.shared = require('shared-modules')
