/// Who may ask what: merchants' users and API clients, and the tokens they are given.
package io.regulars.customer.access;
