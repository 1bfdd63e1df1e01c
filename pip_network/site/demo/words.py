"""Invented names. Each says in itself that it is invented, in Spanish, Portuguese where the project is Brazilian."""

FIRST_NAMES = (
    "Ana", "Bruno", "Clara", "Diego", "Elena", "Fermín", "Graciela", "Hugo", "Inés", "Joaquín", "Karina", "Lautaro",
    "Marta",
    "Nicolás", "Olga", "Pablo", "Quintín", "Rosa", "Saúl", "Teresa", "Ulises", "Vera", "Wilma", "Ximena", "Yago",
    "Zulema",
)  # fmt: skip
SURNAMES = ("Ejemplo", "Muestra", "Ensayo", "Supuesto", "Ficticio", "Imaginado", "Inventado", "Hipotético")

INVENTED = {
    "es": ("Ejemplo", "Ficción", "Supuesto", "Ensayo", "Muestra", "Invento", "Simulacro", "Hipótesis"),
    "pt": ("Exemplo", "Ficção", "Suposto", "Ensaio", "Amostra", "Invento", "Simulacro", "Hipótese"),
}
TAILS = {
    "es": (
        "del Norte", "del Sur", "de la Ladera", "del Valle", "Tres Hermanas", "La Espiga", "El Molino", "Dos Ríos",
        "Alta",
        "de la Costa", "San Nadie", "El Faro", "Buen Viento", "La Nube", "Siete Lunas", "El Puente", "Luz Clara",
        "Piedra Fina",
        "El Sendero", "Mar Adentro", "La Rueda", "Viento Verde", "Sol Menor", "El Nido",
    ),
    "pt": (
        "do Norte", "do Sul", "da Ladeira", "do Vale", "Três Irmãs", "A Espiga", "O Moinho", "Dois Rios", "Alta",
        "da Costa",
        "São Ninguém", "O Farol", "Bom Vento", "A Nuvem", "Sete Luas", "A Ponte", "Luz Clara", "Pedra Fina",
        "A Trilha",
        "Mar Adentro", "A Roda", "Vento Verde", "Sol Menor", "O Ninho",
    ),
}  # fmt: skip
# What a firm of the sector calls itself, and what a network of it is called.
TRADES: dict[str, dict[str, tuple[str, ...]]] = {
    "es": {
        "01": ("Finca", "Granja", "Agrícola", "Huerta"),
        "15": ("Conservas", "Lácteos", "Panificados", "Aceites"),
        "17": ("Hilados", "Tejidos", "Telares"),
        "18": ("Confecciones", "Modas", "Bordados"),
        "19": ("Calzados", "Curtidos", "Marroquinería"),
        "20": ("Aserradero", "Maderas", "Tableros"),
        "22": ("Imprenta", "Gráfica"),
        "25": ("Plásticos", "Envases"),
        "26": ("Cerámicas", "Ladrillos"),
        "28": ("Metalúrgica", "Herrería", "Tornería"),
        "29": ("Máquinas", "Equipos"),
        "34": ("Autopartes", "Frenos"),
        "36": ("Muebles", "Joyas", "Carpintería"),
        "55": ("Posada", "Hostería", "Comedor"),
        "63": ("Viajes", "Excursiones"),
        "72": ("Programas", "Sistemas", "Datos"),
    },
    "pt": {
        "18": ("Confecções", "Modas", "Bordados"),
        "19": ("Calçados", "Couros"),
        "36": ("Móveis", "Joias"),
        "28": ("Metalúrgica", "Usinagem"),
    },
}
SECTOR_NOUNS = {
    "01": "productores", "15": "alimentos", "17": "textiles", "18": "confección", "19": "cuero y calzado",
    "20": "madera",
    "22": "gráficas", "25": "plásticos", "26": "cerámica", "28": "metalmecánica", "29": "maquinaria",
    "34": "autopartes",
    "36": "muebles y joyas", "55": "hospedaje", "63": "turismo", "72": "informática",
}  # fmt: skip
PLACES = (
    "Valle Imaginado", "Ladera Imaginada", "Costa Supuesta", "Puerto Ejemplo", "Villa Fábula", "Meseta Ficticia",
    "Río Supuesto",
    "Bahía Quimera", "Llano Ejemplo", "Sierra Inventada", "Villa Ensayo", "Monte Muestra", "Punta Utopía",
    "Laguna Ficticia",
    "Quebrada Ejemplo", "Isla Hipótesis", "Campo Fábula", "Cañada Quimera", "Alto Ensayo", "Bajo Muestra",
)  # fmt: skip
EXECUTORS = (
    "Fundación Ejemplo para la Competitividad", "Cámara Imaginada de Pequeñas Empresas",
    "Agencia Supuesta de Desarrollo Local",
    "Corporación Ficticia de Fomento", "Asociación Ensayo de Productores", "Instituto Muestra de Gestión",
    "Consorcio Ejemplo de Innovación", "Federación Imaginada de Talleres", "Centro Ficticio de Diseño y Calidad",
    "Consejo Hipotético de Competitividad", "Fundação Exemplo de Apoio à Pequena Empresa",
    "Agencia Inventada de la Ladera",
    "Cámara Ejemplo de Comercio Exterior", "Asociación Imaginada de Exportadores", "Universidad Ficticia del Valle",
)  # fmt: skip
PROJECT_NAMES = {
    "redes_empresariales": "Redes de pequeñas empresas de {place}",
    "cluster": "Competitividad del clúster de {sector} de {place}",
    "sistema_territorial": "Sistema territorial de {place}",
    "cadena_proveedores": "Desarrollo de proveedores de {sector} de {place}",
}
NETWORK_NAMES = {
    "redes_empresariales": "Red {place} de {sector}",
    "cluster": "Clúster {place} de {sector}",
    "sistema_territorial": "Mesa territorial {place}",
    "cadena_proveedores": "Cadena {place} de {sector}",
}
LEAVING_REASONS = ("own_decision", "own_decision", "moved", "excluded", "other")
CLOSING_REASONS = ("economic", "economic", "economic", "retirement", "merger", "disaster")
