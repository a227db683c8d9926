/// Whole journeys over all services, which run as processes here.
package io.regulars.local.journey;
