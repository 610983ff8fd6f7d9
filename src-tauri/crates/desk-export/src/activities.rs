//! Activities as rows.

use desk_model::Activity;

use crate::{cell::Cell, column::columns, wording::Wording};

columns! {
    /// A column of exported activities.
    ActivityColumn of Activities,
    usual: [Activity, ActivityId, Shop, Type, Status, Starts, Ends, SignUp, Joined, Items],
    /// The name.
    Activity = "activity": Name;
    /// The activity's id.
    ActivityId = "activity_id": Id;
    /// The seller's name for the shop.
    Shop = "shop": Text;
    /// The shop's id.
    ShopId = "shop_id": Id;
    /// The type in words, or the platform's word.
    Type = "type": Text;
    /// To come, running, or over, in words.
    Status = "status": Text;
    /// The platform's code for it.
    PlatformStatus = "platform_status": Text;
    /// When it starts.
    Starts = "starts": Time;
    /// When it ends.
    Ends = "ends": Time;
    /// Until when the shop can sign up.
    SignUp = "sign_up": Time;
    /// Whether the shop takes part.
    Joined = "joined": Text;
    /// How many of the shop's products are in it.
    Items = "items": Number;
    /// Their ids.
    ProductId = "product_id": Id;
    /// The platform's time of the last change.
    Updated = "updated": Time;
}

pub(crate) fn cell<'a>(
    activity: &'a Activity,
    column: ActivityColumn,
    wording: &'a Wording,
) -> Cell<'a> {
    match column {
        ActivityColumn::Activity => Cell::text(&activity.name),
        ActivityColumn::ActivityId => Cell::text(activity.activity_id.as_str()),
        ActivityColumn::Shop => wording.shop(&activity.shop_id),
        ActivityColumn::ShopId => Cell::text(activity.shop_id.as_str()),
        ActivityColumn::Type => Cell::Text(wording.known("activity_type", &activity.activity_type)),
        ActivityColumn::Status => wording.state(
            "activity_status",
            activity.status.as_str(),
            &activity.platform_status,
        ),
        ActivityColumn::PlatformStatus => Cell::text(&activity.platform_status),
        ActivityColumn::Starts => wording.time(activity.start_time),
        ActivityColumn::Ends => wording.time(activity.end_time),
        ActivityColumn::SignUp => wording.time(activity.enroll_deadline),
        ActivityColumn::Joined => wording.yes_or_no(activity.joined),
        ActivityColumn::Items => Cell::count(activity.items.len()),
        ActivityColumn::ProductId => {
            Cell::ids(activity.items.iter().map(|item| item.product_id.as_str()))
        }
        ActivityColumn::Updated => wording.time(activity.updated_at),
    }
}
