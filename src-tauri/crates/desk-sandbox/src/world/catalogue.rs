//! The words that products and activities are made of: English, Chinese, and some that try to break a reader.

/// Product names, English and Chinese by turns.
pub(super) const PRODUCT_NAMES: &[&str] = &[
    "Ceramic mug with bamboo lid, 350 ml",
    "北欧风陶瓷马克杯 350毫升 带竹盖",
    "Foldable storage box, set of 3",
    "可折叠收纳箱 三件套 加厚",
    "Stainless steel lunch box",
    "不锈钢保温饭盒 学生便当盒",
    "Wireless desk lamp with dimmer",
    "无线护眼台灯 可调光",
    "Yoga mat, non-slip, 6 mm",
    "防滑瑜伽垫 6毫米 健身垫",
    "Garden hose, 15 m, with nozzle",
    "花园水管 15米 高压喷头套装",
    "Cotton bath towel",
    "纯棉浴巾 吸水速干",
    "Kitchen scale, 5 kg / 1 g",
    "厨房电子秤 5公斤",
    "Cat tree with scratching post",
    "猫爬架 剑麻抓柱 多层",
    "LED string lights, 10 m",
    "LED彩灯串 10米 户外防水",
];

/// Names as attackers and careless sellers write them.
pub(super) const HOSTILE_NAMES: &[&str] = &[
    "<img src=x onerror=alert(1)>",
    "=cmd|'/c calc'!A0",
    "Lamp \u{202E}gnp.exe\u{202C} (right-to-left override)",
    "Zero\u{200B}width\u{200D}\u{FEFF} mug",
    "Quote \" backslash \\ apostrophe ' & <b>bold</b>",
    "👩‍👩‍👧‍👦 family mug 🇲🇽 e\u{301}",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "line\nbreak\tand tab",
];

/// A name of about 600 characters.
pub(super) fn long_name() -> String {
    "Very long name of a very useful thing 超长商品名称 ".repeat(18)
}

pub(super) const COLOURS: &[&str] = &["Blue", "白色", "Forest green", "黑色", "Rosé", "米色"];
pub(super) const SIZES: &[&str] = &["1pc", "2pcs", "S", "M", "大号", "XL"];
pub(super) const CATEGORIES: &[&str] = &[
    "Home & Kitchen",
    "Garden",
    "Sports",
    "家居用品",
    "Pet supplies",
];

/// Activity names by position, cycled.
pub(super) const ACTIVITY_NAMES: &[&str] = &[
    "Summer lightning",
    "限时秒杀",
    "Anniversary sale",
    "周年庆大促",
    "Season clearance",
    "换季清仓",
    "Official big sale 11.11",
    "双十一官方大促",
    "<script>alert('sale')</script>",
];

pub(super) const CARRIERS: &[&str] = &["DemoPost", "Paquete Rápido", "示例快递"];
