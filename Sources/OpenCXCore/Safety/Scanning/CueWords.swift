/// The words of the ``CueLexicon``, in small letters; a pair of words has an underscore between them.
enum CueWords {
    static let roles: [(roles: CueRoles, words: String)] = [
        (
            .phone,
            """
            phone phones phonenumber telephone tel telefon telefono teléfono téléphone telefone tél mobile mobil móvil movil
            celular cellulare cell cellphone handy handynummer telefonnummer mobilnummer mobilfunknummer rufnummer whatsapp
            sms fax faxnummer call callback ring dial text texted gsm answering reach reachable landline hotline
            anrufen erreichbar erreichen llamar llámame llamame appelez appeler joindre chiamare chiamami ligar bellen
            telefoonnummer mobiel gsm zadzwoń zadzwonic telefonu komórka komórki telefonní telefonszám puh puhelin puhelinnumero
            telefonnumaram telefonum numaram telefonnumer mobilnummer ring_me reached signal telegram viber contact_number
            телефон тел моб телефона номер Телефон Тел 电话 手机 電話 携帯 전화 휴대 โทร هاتف जवान फोन फ़ोन
            """
        ),
        (
            .line,
            "office fax mobile home work cell phone direct landline handy privat dienstlich telefon tel bureau casa"
        ),
        ([.number, .matter], "id ids"),
        (.number, "number numbers nummer numéro numero número numer nr no num nº №"),
        (
            .matter,
            """
            order orders invoice tracking sku error serial reference ref ticket case shipment parcel package model article
            item product code coupon voucher meeting isbn ean upc gtin barcode 
            confirmation booking reservation policy claim batch lot part pid uid gid imei iccid vin bestellung
            bestellnummer rechnung rechnungsnummer sendungsnummer sendung auftrag auftragsnummer kundennummer artikelnummer
            vorgangsnummer seriennummer ticketnummer commande facture colis suivi pedido factura seguimiento envío ordine
            fattura spedizione encomenda fatura bestelling factuur zamówienie zamówienia faktura paczka beställning ordre
            ordrenummer sipariş заказ заказа 订单 注文 주문 line page bytes size resolution px mb gb error fehler fehlercode
            port ports exit status warranty receipt po rma crash bug tracker delivery awb waybill zoom webinar
            customer kunde client session user seller asin kb mhz weight height width timestamp unix epoch zone build
            """
        ),
        (
            .version,
            "version versions ver firmware build release kernel driver os chrome firefox android ios windows app v"
        ),
        (
            .money,
            """
            amount total price paid charged cost refund transaction
            eur usd gbp chf euro euros dollar dollars pounds yen inr rupees pln zł kr sek nok dkk cents million millions
            billion thousand mio items units pieces pcs stück km kg views visitors users people bytes rows records
            """
        ),
        (
            .card,
            """
            card cards visa mastercard amex maestro discover karte kreditkarte kreditkartennummer kartennummer tarjeta
            carte carta cartão cartao creditcard debitcard debit karta karty kort kortnummer kreditkort creditcardnummer
            kaart kortti kartya kredi карта карты картой 卡号 信用 カード 카드
            """
        ),
        (
            .bank,
            """
            account_number account_no account_nr account_num acct bank_number bank_account savings checking konto kontonummer
            kontonr bankkonto bankverbindung compte cuenta conto conta rekening rekeningnummer rekeningnr konta
            bankrekening routing aba bsb blz bankleitzahl clabe cbu sort_code sortcode routing_number transit ifsc
            kontonummeret tilinumero számlaszám rib
            """
        ),
        (.iban, "iban ibannummer"),
        (.socialSecurity, "ssn social_security itin socialsecurity ssa"),
        (
            .nationalID,
            """
            identity identification national_id personalausweis ausweis ausweisnummer dni nie nif bsn burgerservicenummer
            sofinummer nino national_insurance ni_number nir insee sécu sécurité_sociale secu pesel aadhaar aadhar uidai sin
            nas social_insurance personnummer personbeteckning cpr fødselsnummer fodselsnummer hetu henkilötunnus
            henkilotunnus ahv avs svnr sozialversicherungsnummer versicherungsnummer rentenversicherungsnummer rvnr amka
            pps ppsn oib emso emšo jmbg egn егн cnp rodné rodne kimlik tckn tcno nric fin hkid mykad nik ktp curp cédula
            cedula rut run cuil cnic nin teudat rrn frn sozialversicherung rijksregisternummer registre_national
            rijksregister niss isikukood asmens personas personal_code taj matricule emirates iqama saudi snils снилс
            паспорт 身份 身分 マイナ 주민 registro_civil bi citizen national_number personal_number identiteit identité
            identidad identità identidade dokument
            """
        ),
        (
            .tax,
            """
            tax taxpayer tin steuer steuernummer steueridentifikationsnummer idnr steuerid tfn utr ein pan nip regon cpf
            cnpj codice_fiscale fiscale fiscal cuit rfc inn инн gstin abn acn ird siret siren kvk kbo bce rsin npwp
            contribuyente impuestos vergi taxid
            """
        ),
        (
            .vat,
            """
            vat ust ustid ustidnr uid mwst tva iva btw moms piva partita_iva umsatzsteuer vatin
            """
        ),
        (
            .health,
            """
            nhs medicare npi mbi dea medicaid krankenversicherung krankenversichertennummer versichertennummer kvnr
            krankenkasse patient health insurance mutuelle vitale sanitaria lanr ohip
            """
        ),
        (
            .passport,
            "passport passports pasaporte passeport reisepass passaporto passaporte paspoort paszport paszportu pasaport 护照 旅券 여권"
        ),
        (
            .license,
            """
            driver_s drivers_license driver_license drivers_licence driving_licence driving_license licence_number
            license_number führerschein führerscheinnummer fuehrerschein permis_de conducir patente rijbewijs rijbewijsnummer
            prawo_jazdy körkort kørekort førerkort dl licence_no license_no
            """
        ),
        (
            .plate,
            """
            plate plates license_plate numberplate kennzeichen nummernschild autokennzeichen immatriculation immatriculée
            matrícula matricula targa kenteken rejestracyjny rejestracja plaka plakası placa registration_number vehicle_registration
            """
        ),
        (
            .birth,
            """
            birth born dob birthday birthdate geburtsdatum geboren geburtstag naissance né née nacimiento
            nací nacido nacida nascita nato nata nascimento nasci geboortedatum geboren urodzenia urodziłem urodziłam født
            född fødselsdato födelsedatum syntymäaika doğum рождения родился 生日 出生 生年 생년 생일
            """
        ),
        (
            .address,
            """
            address adresse anschrift wohnhaft dirección direccion domicilio indirizzo endereço endereco morada adres live
            lives living ship_to deliver_to moved_to located lieferadresse rechnungsadresse wohne habite vivo abito woon
            mieszkam bor adress osoite cím
            """
        ),
        (
            .streetAfter,
            """
            street st avenue ave road rd lane ln drive dr boulevard blvd court ct place pl square sq terrace way parkway
            pkwy highway hwy close crescent gardens grove row circle cir trail plaza alley mews walk loop
            """
        ),
        (
            .streetBefore,
            """
            rue avenue boulevard chemin impasse allée quai place cours calle avenida avda plaza paseo camino carretera
            ronda via viale piazza corso largo vicolo rua travessa praça estrada ulica ul aleja al ulice
            """
        ),
        (
            .postcode,
            "postcode zip zipcode plz postleitzahl code_postal código_postal codigo_postal cap cep pincode pin_code postal kod_pocztowy postnummer irányítószám"
        ),
        (
            .password,
            """
            password passwort kennwort passphrase passwd pwd pw passcode contraseña contrasena clave mot_de mdp
            senha wachtwoord hasło haslo lösenord losenord adgangskode kodeord passord salasana heslo jelszó jelszo parola
            parolă şifre sifre şifrem пароль Пароль 密码 密碼 パス 비밀 pin cvv cvc cvv2 security_code otp puk parole
            """
        ),
        (
            .key,
            "key keys apikey api_key token secret bearer authorization access_key client_secret credential credentials"
        ),
        (
            .network,
            """
            ip ipv4 ipv6 server host hostname address subnet gateway router dns ping loopback network proxy src dst
            localhost adresse default from connect connecting route netmask
            """
        ),
        (.wallet, "wallet bitcoin btc ethereum eth crypto usdt litecoin ltc"),
        (.name, "name namens called heiße heisse named"),
        (
            .email,
            "email mail emails e_mail mailadresse correo courriel mél epost reach contact write mailto kontakt email_is"
        ),
        (
            .company,
            "abn acn siret siren kvk kbo bce company handelsregister orgnummer uen orgnr organisationsnummer krs"
        ),
        (.at, "at ät"),
        (.commercialAt, "arroba arobase chiocciola apenstaartje małpa snabel klammeraffe собака kukac zavináč"),
        (.dot, "dot punkt punto point ponto punt kropka точка period piste tečka"),
        (.sign, "underscore unterstrich dash minus hyphen bindestrich guion tiret plus"),
        (
            .month,
            """
            january february march april may june july august september october november december jan feb mar apr jun jul
            aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember janvier février mars avril juin
            juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre
            octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro
            fevereiro março maio junho julho setembro outubro novembro dezembro januari februari maart mei augustus stycznia
            lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
            """
        ),
    ]

    static let numbers: [(value: UInt8, words: String)] = [
        (0, "zero null zéro cero nul zer oh nought"), (1, "one eins un uno um een één jeden ein"),
        (2, "two zwei zwo deux dos due dois twee dwa"), (3, "three drei trois tres tre três drie trzy"),
        (4, "four vier quatre cuatro quattro quatro cztery"), (5, "five fünf fuenf cinq cinco cinque vijf pięć"),
        (6, "six sechs seis sei zes sześć meia"), (7, "seven sieben sept siete sette sete zeven siedem"),
        (8, "eight acht huit ocho otto oito osiem"), (9, "nine neun neuf nueve nove negen dziewięć niner"),
        (10, "ten"), (11, "eleven"), (12, "twelve"), (13, "thirteen"), (14, "fourteen"), (15, "fifteen"),
        (16, "sixteen"), (17, "seventeen"), (18, "eighteen"), (19, "nineteen"), (20, "twenty"), (30, "thirty"),
        (40, "forty fourty"), (50, "fifty"), (60, "sixty"), (70, "seventy"), (80, "eighty"), (90, "ninety"),
        (CueLexicon.Value.double, "double doppel doble"), (CueLexicon.Value.triple, "triple dreimal"),
        (CueLexicon.Value.hundred, "hundred"),
    ]
}
