// search comes
