/// Whose request this is: the merchant and the roles of the token.
package io.regulars.kit.merchant;
