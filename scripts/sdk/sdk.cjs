/** Becomes the functions' `sdk.js`: what they have of packages, and for the deferred files the modules loaded here. */
exports.cloud = require('wx-server-sdk')
exports.jsonwebtoken = require('jsonwebtoken')
exports.shared = require('shared-modules')
