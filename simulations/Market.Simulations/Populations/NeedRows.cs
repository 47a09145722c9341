using Market.Silo.Commands.Demo.Magentic;

namespace Market.Simulations.Populations;

/// <summary>Puts what was bought beside what could have been: only whoever holds everybody's files can.</summary>
internal static class NeedRows
{
    /// <summary>One row a buyer, in the order of their ids.</summary>
    public static IReadOnlyList<NeedRow> Of(
        PopulationPlan plan, IReadOnlyDictionary<MagenticId, MagenticSale> sales)
    {
        var (buyers, sellers) = (plan.Data.Customers, plan.Data.Businesses);
        var gains = buyers
            .Select(buyer => sellers.Select(seller => GainOf(plan, buyer, seller)).ToArray())
            .ToArray();
        var stock = sellers.Select(seller => plan.Stock ?? seller.Profile.Stock).ToArray();
        var optimum = AssignmentOptimum.Of(gains, stock);
        var rows = new List<NeedRow>(buyers.Count);
        for (var i = 0; i < buyers.Count; i++)
        {
            var best = optimum[i];
            var row = Of(plan, buyers[i], sales.GetValueOrDefault(buyers[i].Profile.Id)) with
            {
                OptimalSeller = best < 0 ? string.Empty : plan.Arrivals.NameOf(sellers[best].Profile.Id),
                OptimalGain = best < 0 ? 0 : gains[i][best],
            };
            rows.Add(row);
        }

        return rows;
    }

    private static NeedRow Of(PopulationPlan plan, MagenticCustomer buyer, MagenticSale? sale)
    {
        var id = buyer.Profile.Id;
        var row = new NeedRow(
            plan.Arrivals.NameOf(id),
            plan.Arrivals.OfBuyer(id),
            plan.Data.Businesses.Count(seller => CanMeet(plan, buyer, seller)),
            string.Empty,
            0,
            false,
            0,
            0,
            buyer.Secret.WorthCents,
            0,
            string.Empty,
            0);
        if (sale is null)
        {
            return row;
        }

        var seller = plan.Data.Businesses.Single(own => own.Profile.Id == sale.Price.Business);
        var posted = seller.Profile.PostedTotalCents(buyer.Profile.Items);
        return row with
        {
            Seller = plan.Arrivals.NameOf(seller.Profile.Id),
            Rounds = sale.Rounds,
            IsPosted = sale.IsPosted,
            Posted = posted,
            Floor = seller.Secret.FloorCents(posted),
            Paid = sale.Price.TotalCents,
            Anomalies = NeedLabels.Of(buyer, seller, sale),
        };
    }

    private static bool CanMeet(PopulationPlan plan, MagenticCustomer buyer, MagenticBusiness seller) =>
        seller.Profile.Serves(buyer.Profile) && plan.Arrivals.Meet(buyer.Profile.Id, seller.Profile.Id);

    private static long GainOf(PopulationPlan plan, MagenticCustomer buyer, MagenticBusiness seller) =>
        CanMeet(plan, buyer, seller)
            ? Math.Max(0, buyer.Secret.WorthCents
                - seller.Secret.FloorCents(seller.Profile.PostedTotalCents(buyer.Profile.Items)))
            : 0;
}
