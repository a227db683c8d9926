/// Texts with variables, checked when they are saved and filled when they are sent; data can never become markup.
package io.regulars.campaign.template;
