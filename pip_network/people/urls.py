from django.urls import path

from pip_network.people.views import calendar, invitations, letters, people, roles

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/invitations/", invitations.invitation_list, name="invitations"),
    path("people/invitations/new/", invitations.invite, name="invite"),
    path("people/invitations/<int:pk>/", invitations.invitation, name="invitation"),
    path("people/invitations/<int:pk>/again/", invitations.send_again, name="invitation-again"),
    path("people/invitations/<int:pk>/withdraw/", invitations.withdraw, name="invitation-withdraw"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/change/", people.change, name="person-change"),
    path("people/<int:pk>/off/", roles.switch_off, name="person-off"),
    path("people/<int:pk>/on/", people.switch_on, name="person-on"),
    path("people/<int:pk>/sessions/", people.end_sessions, name="person-sessions"),
    path("people/<int:pk>/password/", people.send_reset, name="person-password"),
    path("people/<int:pk>/roles/new/", roles.give, name="role-give"),
    path("people/<int:pk>/roles/<int:number>/end/", roles.end, name="role-end"),
    path("account/letters/", letters.choose, name="account-letters"),
    path("account/calendar/", calendar.calendar, name="account-calendar"),
    path("account/calendar/open/", calendar.open_, name="account-calendar-open"),
    path("account/calendar/close/", calendar.close, name="account-calendar-close"),
    path("mail/off/<str:token>/", letters.by_address, name="mail-off"),
    path("invitation/", invitations.answer, name="invitation-answer"),
    path("invitation/<str:key>/", invitations.open_letter, name="invitation-letter"),
]
