throw new TypeError("the settings of the mail server are missing");
